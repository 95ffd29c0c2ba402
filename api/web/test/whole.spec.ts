// One day with the page, from a scan that is dropped to the entry in the trail: in Arabic and in Persian, with the real
// reader, and once more in each with the server killed in the middle of the upload.
import { readFileSync } from 'node:fs';
import { expect, signIn, test, type Page, type Server } from './archive';
import { drop, slowly } from './deliver';
import { ink, likeness } from './outline';
import { ask } from './words';

interface Paper {
  file: string;
  spellings: string[];
  number: (copy: number) => string; // in other digits than the paper's
  finds: (copy: number) => RegExp;
  outlined: RegExp; // the words that the first spelling finds
  corrections: [string, string]; // no word that is like one of the archive, or like the other
  finished: string;
  next: string;
  confirmed: string;
  act: string;
  signOut: string;
}

// Further copies of these papers have other numbers than those that the archive has.
const PAPERS: Record<'ar' | 'fa', Paper> = {
  ar: {
    file: 'قرار البسطات 45.tif',
    spellings: ['البسطات', 'بسطات', 'اﻟﺒﺴﻄﺎت'],
    number: (copy) => `${45 + copy}/2018`,
    finds: (copy) => RegExp(`قرار.*٤${'٥٦٧'[copy]}/٢٠١٨`),
    outlined: /بسطات/,
    corrections: ['زقزقستانية', 'ظفرغندولات'],
    finished: 'كل ملف محسوب',
    next: 'المطابقة التالية',
    confirmed: 'تأكَّد',
    act: 'تأكيد حقل',
    signOut: 'خروج',
  },
  fa: {
    file: 'مصوبه 456.tif',
    spellings: ['محله باغ انار', 'محلهٔ باغ انار', 'محله باغ‌انار'],
    number: (copy) => `${456 + copy}/1402`,
    finds: (copy) => RegExp(`مصوبه.*۴۵${'۶۷۸'[copy]}/۱۴۰۲`),
    outlined: /محله|باغ|انار/,
    corrections: ['چهچهستانی', 'خرچنگزارک'],
    finished: 'حساب هر پرونده روشن است',
    next: 'یافتهٔ بعدی',
    confirmed: 'تأیید شد',
    act: 'تأیید مشخصه',
    signOut: 'خروج',
  },
};

async function bringIn(page: Page, server: Server, paper: Paper, copy: number, restart: boolean): Promise<void> {
  const scan = readFileSync(`${process.env['PAGE_TEST_ARCHIVE']}.fresh/copy-${copy}/${paper.file}`);
  await page.goto('/bring-in');
  const seen = restart ? await slowly(page) : null;
  const behind = Buffer.alloc(restart ? 3 << 20 : 0); // so that it goes in several parts
  await drop(page, [{ name: paper.file, bytes: Buffer.concat([scan, behind]) }]);
  await page.locator('form button[type=submit]').click();
  if (seen) {
    await expect.poll(() => seen.offsets.length).toBeGreaterThan(1);
    await server.stop('SIGKILL');
    await server.start();
  }
  await expect(page.getByText(paper.finished)).toBeVisible({ timeout: 60_000 });
  if (seen) expect(seen.offsets.filter((offset) => offset === 0)).toHaveLength(1); // it did not begin anew
  await page.unroute('**/v1/uploads/*');
}

async function search(page: Page, words: string): Promise<void> {
  await page.locator('.brand').click();
  const box = page.getByRole('combobox').first();
  await box.fill(words);
  await box.press('Enter');
  await expect(page.locator('.results[aria-busy=false] .result').first()).toBeVisible();
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`the keyboard does not come to ${selector}`);
}

interface WordsOfPage {
  words: { text: string; box: number[] }[];
}

for (const [language, paper] of Object.entries(PAPERS)) {
  for (const restart of [false, true]) {
    test.describe(`${language}${restart ? ', with a restart' : ''}`, () => {
      test.use({ locale: language });

      test('from the scan to the trail', async ({ page, server }) => {
        test.setTimeout(180_000);
        const copy = restart ? 2 : 1;
        const correction = paper.corrections[restart ? 1 : 0] as string;
        const found = page.locator('.result-title a').filter({ hasText: paper.finds(copy) });
        await signIn(page, 'administrator');
        await bringIn(page, server, paper, copy, restart);

        for (const words of [...paper.spellings.slice(1), paper.number(copy), paper.spellings[0] as string]) {
          await search(page, words);
          await expect(found.first()).toBeVisible();
        }

        await found.first().click();
        const current = page.locator('.hit-current');
        await expect(page.locator('.page-image-canvas .hit').first()).toBeVisible();
        await page.getByRole('button', { name: paper.next }).click();
        await expect(current).toBeVisible();
        await expect.poll(() => likeness(page, '.hit-current')).toBeGreaterThan(0.9);
        const [, , record, number] = new URL(page.url()).pathname.split('/');
        const address = `/v1/records/${record}/pages/${number}`;
        const { words } = await ask<WordsOfPage>(page, address);
        const box = (await current.getAttribute('data-box'))?.split(',').map(Number) ?? [];
        expect(words.find((word) => word.box.join() === box.join())?.text).toMatch(paper.outlined);
        const { inside, under } = await ink(page, `${address}/image`, box);
        expect(inside).toBeGreaterThan(0.08);
        expect(under).toBeLessThan(inside / 2);

        await page.locator('[data-word="1"]').click();
        await page.locator('#correct-word').fill(correction);
        await page.locator('#correct-word').press('Enter');
        await expect(page.locator('[data-word="1"]')).toHaveText(correction);
        await expect
          .poll(async () => (await ask<{ total: number }>(page, `/v1/search?q=${encodeURIComponent(correction)}`)).total)
          .toBe(1);
        await search(page, correction);
        await expect(found).toHaveCount(1);

        await tabTo(page, 'a[href="/queue"]');
        await page.keyboard.press('Enter');
        const value = page.locator('#queue-value');
        await expect(value).toBeFocused();
        const doubt = (await ask<{ doubts: { record: string }[] }>(page, '/v1/queue?kind=numbers')).doubts[0];
        await page.keyboard.press('Enter');
        await expect(page.locator('.queue-said')).toContainText(paper.confirmed);

        await page.goto('/audit');
        await page.locator('input[name=filter]').fill(paper.act);
        const entry = page.locator('.audit li').first();
        await expect(entry).toContainText(paper.act);
        await expect(entry).toContainText('user:administrator');
        await expect(entry.locator('a')).toHaveAttribute('href', `/records/${doubt?.record}/1`);

        await page.getByRole('button', { name: 'administrator' }).click();
        await page.getByRole('button', { name: paper.signOut }).click();
        await expect(page).toHaveURL(/sign-in/);
        expect((await page.request.get(address)).status()).toBe(401);
      });
    });
  }
}
