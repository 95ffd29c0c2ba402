// Papers come in through the page: dropped, followed to the end, found; through a reload, and a restart of the server in
// the middle of an upload.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe';
import { expect, signIn, test, type Page } from './archive';
import { drop, slowly } from './deliver';
import { ask, countFound } from './words';

interface Account {
  received: number;
  stored: number;
  duplicate: number;
  quarantined: number;
}

const WORDS = {
  ar: { paper: 'ar', body: 'مجلس الاختبارات البلدية', finished: 'كل ملف محسوب', stored: 'محفوظ', held: 'في الحجر', reason: 'أيًّا كان اسمه' },
  fa: { paper: 'fa', body: 'شورای آزمون‌های شهر', finished: 'حساب هر پرونده روشن است', stored: 'ذخیره شد', held: 'در قرنطینه', reason: 'نامش هرچه باشد' },
} as const;

// A scan that the archive does not have: a sample paper with bytes behind its end.
function scan(size = 0): Buffer {
  const folder = `${process.env['PAGE_TEST_ARCHIVE']}.papers`;
  const name = readdirSync(folder).sort().find((each) => /\.jpe?g$/.test(each)) as string;
  const paper = readFileSync(join(folder, name));
  const behind = Buffer.from(`${Math.random()}`);
  return Buffer.concat([paper, behind, Buffer.alloc(Math.max(0, size - paper.length))]);
}

async function accountShown(page: Page): Promise<Account> {
  const link = await page.locator('a[href^="/jobs?batch="]').getAttribute('href');
  return ask<Account>(page, `/v1/batches/${link?.split('=')[1]}?entries=no`);
}

// Scanners name every box alike: two papers that came from two folders, of one name and one size.
test('two papers of one name are two', async ({ page }) => {
  await signIn(page, 'archivist');
  await page.goto('/bring-in');
  const paper = scan();
  const other = Buffer.concat([paper.subarray(0, -1), Buffer.from('~')]);
  await drop(page, [
    { name: 'scan0001.jpg', bytes: paper },
    { name: 'scan0001.jpg', bytes: other },
  ]);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('.files li')).toHaveCount(2);
  await expect(page.locator('.files li').filter({ hasText: 'scan0001 (2).jpg' })).toHaveCount(1);
  await expect.poll(async () => (await accountShown(page)).stored, { timeout: 50_000 }).toBe(2);
});

for (const [language, words] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('papers are dropped, read, accounted for and found', async ({ page }) => {
      await signIn(page, 'archivist');
      await page.goto('/bring-in');
      await expectAccessible(page);
      await drop(page, [
        { name: 'ورقة (1).jpg', bytes: scan() },
        { name: 'no scan.jpg', bytes: Buffer.from('MZ') },
      ]);
      await page.locator('input[name=body]').fill(words.body);
      await page.locator('select[name=type]').selectOption('letter');
      await page.locator('input[name=label]').fill('صندوق (3) – box 3');
      expect(await countFound(page, `body:"${words.body}"`)).toBe(0);
      await page.locator('form button[type=submit]').click();

      await expect(page.getByText(words.finished)).toBeVisible({ timeout: 50_000 });
      await expectAccessible(page);
      const rows = page.locator('.files li');
      await expect(rows.filter({ hasText: 'no scan.jpg' })).toContainText(words.held);
      await expect(rows.filter({ hasText: 'no scan.jpg' })).toContainText(words.reason);
      await expect(rows.filter({ hasText: 'ورقة' })).toContainText(words.stored);
      expect(await accountShown(page)).toMatchObject({ received: 2, stored: 1, duplicate: 0, quarantined: 1 });
      await expect.poll(() => countFound(page, `body:"${words.body}"`)).toBe(1);
      await expect.poll(() => countFound(page, `body:"${words.body}" type:letter`)).toBe(1);

      await page.locator('a[href^="/jobs?batch="]').click();
      await expect(page.locator('h1')).toContainText('صندوق (3) – box 3');
      await expect(page.locator('.files')).toContainText('no scan.jpg');
      await expectAccessible(page);
      await page.goto('/jobs');
      await expect(page.locator('.files li').first()).toContainText('box 3');
      await expectAccessible(page);
      await page.goto('/bring-in');
      await page.locator('main').getByRole('button').last().click(); // bring in more
      await expect(page.locator('.drop')).toBeVisible();
    });
  });
}

test('an upload goes on after the server was killed and started again', async ({ page, server }) => {
  await signIn(page, 'archivist');
  await page.goto('/bring-in');
  const seen = await slowly(page);
  await drop(page, [{ name: 'large.jpg', bytes: scan(5 << 20) }]);
  await page.locator('form button[type=submit]').click();
  await expect.poll(() => seen.offsets.length).toBeGreaterThan(1);
  await server.stop('SIGKILL');
  await page.waitForTimeout(700);
  await server.start();
  await expect(page.getByText('every file is accounted for')).toBeVisible({ timeout: 50_000 });
  expect(seen.offsets.filter((offset) => offset === 0)).toHaveLength(1); // it did not begin anew
  expect(await accountShown(page)).toMatchObject({ received: 1, stored: 1 });
});

test('an upload goes on after a reload, with its file chosen once more', async ({ page }) => {
  await signIn(page, 'archivist');
  await page.goto('/bring-in');
  page.on('dialog', (dialog) => void dialog.accept());
  const seen = await slowly(page);
  const bytes = scan(4 << 20);
  await drop(page, [{ name: 'again.jpg', bytes }]);
  await page.locator('form button[type=submit]').click();
  await expect.poll(() => seen.offsets.length).toBeGreaterThan(1);
  await page.reload();
  await expect(page.getByText('had not arrived whole')).toBeVisible();
  await expectAccessible(page);
  await drop(page, [{ name: 'again.jpg', bytes }]);
  await expect(page.getByText('every file is accounted for')).toBeVisible({ timeout: 50_000 });
  expect(seen.offsets.filter((offset) => offset === 0)).toHaveLength(1);
});

test('a manifest says what each file is', async ({ page }) => {
  await signIn(page, 'archivist');
  await page.goto('/bring-in');
  const manifest = (heading: string) => Buffer.from(`\uFEFF${heading}\r\nlisted.jpg;٩٨٧٦/٢٠١٨;"رسوم ""السوق""؛ ملحق"\r\n`);
  await drop(page, [{ name: 'listed.jpg', bytes: scan() }, { name: 'list.csv', bytes: manifest('file;number;colour') }]);
  await page.locator('form button[type=submit]').click();
  await expect(page.getByRole('alert')).toContainText('colour');
  await page.getByRole('button', { name: 'Choose others' }).click();
  await drop(page, [{ name: 'listed.jpg', bytes: scan() }, { name: 'list.csv', bytes: manifest('file;number;title') }]);
  await page.locator('form button[type=submit]').click();
  await expect(page.getByText('every file is accounted for')).toBeVisible({ timeout: 50_000 });
  await expect.poll(() => countFound(page, 'number:9876/2018')).toBe(1);
});
