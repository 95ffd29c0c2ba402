// Finding papers: by words in any spelling, by numbers in any digits, by a pasted citation; narrowing, keeping, reloading.
import { expectAccessible } from './axe';
import { expect, signIn, test, type Page } from './archive';

const title = (page: Page) => page.locator('.result-title').first();

async function search(page: Page, words: string): Promise<void> {
  const box = page.getByRole('combobox').first();
  await box.fill(words);
  await box.press('Enter');
  await expect(page.locator('.results[aria-busy=false]')).toBeVisible();
}

const WORDS = {
  ar: {
    spellings: ['البسطات', 'بسطات', 'اﻟﺒﺴﻄﺎت'],
    numbers: ['45/2018', '٤٥/٢٠١٨', '۴۵/۲۰۱۸'],
    finds: 'قرار ⁨٤٥/٢٠١٨⁩',
    citation: 'القرار رقم (٤٥) لسنة ٢٠١٨',
    count: 'وثيقة',
  },
  fa: {
    spellings: ['محله باغ انار', 'محلهٔ باغ انار', 'محله باغ‌انار'],
    numbers: ['456/1402', '٤٥٦/١٤٠٢', '۴۵۶/۱۴۰۲'],
    finds: 'مصوبه ⁨۴۵۶/۱۴۰۲⁩',
    citation: 'مصوبه شماره ۴۵۶ سال ۱۴۰۲',
    count: 'سند',
  },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('words in several spellings, a number in several digits, a citation', async ({ page }) => {
      const finds = words.finds.replace(/[\u2066-\u2069]/g, '');
      await signIn(page, 'reader');
      for (const spelling of words.spellings) {
        await search(page, spelling);
        await expect(title(page)).toContainText(finds);
        await expect(page.locator('.snippet mark').first()).toBeVisible();
      }
      for (const number of words.numbers) {
        await search(page, number);
        await expect(title(page)).toContainText(finds);
      }
      await expect(page.locator('.results-count')).toContainText(words.count);
      await expectAccessible(page);

      await search(page, words.citation);
      await expect(page.locator('.named-by')).toContainText(finds);
      await page.locator('.named-by a').first().click();
      await expect(page).toHaveURL(/\/records\//);
      await expect(page.locator('.viewer-head h1')).toContainText(finds);
    });
  });
}

test.describe('the search', () => {
  test.use({ locale: 'ar' });
  test.beforeEach(async ({ page }) => signIn(page, 'reader'));

  test('completes what is typed, by keyboard alone', async ({ page }) => {
    const box = page.getByRole('combobox').first();
    await box.pressSequentially('البسط');
    await expect(page.locator('.completions li').first()).toBeVisible();
    await box.press('ArrowDown');
    await expect(box).toHaveAttribute('aria-activedescendant', /.+/);
    const offered = await page.locator('.completions [aria-selected=true] bdi').textContent();
    await box.press('Enter');
    await expect(box).toHaveValue(offered ?? '');
    await expect(page.locator('.completions')).toBeHidden();
  });

  test('what is typed stays as it is typed, while results follow', async ({ page }) => {
    const box = page.getByRole('combobox').first();
    const words = 'تنظيم البسطات في السوق القديم';
    await box.pressSequentially(words, { delay: 110 }); // results are asked for behind each key
    await expect(box).toHaveValue(words);
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(words);
    await box.pressSequentially(' ', { delay: 0 });
    await page.waitForTimeout(300);
    await box.pressSequentially('رقم');
    await expect(box).toHaveValue(`${words} رقم`);
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(`${words} رقم`);
    await page.goBack();
    await expect(page).not.toHaveURL(/q=/);
    await expect(box).toHaveValue('');
  });

  test('how a question was taken is told in the language of the page', async ({ page }) => {
    for (const [words, told] of [['"قرار البسطات', 'لم تُغلق علامة الاقتباس'], ['قرار date:غدا', 'لا يصلح'], ['قرار) البسطات', 'الأقواس']]) {
      await page.goto(`/?q=${encodeURIComponent(words as string)}`);
      await expect(page.locator('p.note', { hasText: told as string })).toBeVisible();
      await expect(page.locator('p.note[lang=en]')).toHaveCount(0);
    }
  });

  test('the address bar holds all of it', async ({ page }) => {
    await search(page, 'قرار OR مصوبه');
    const all = Number(await page.locator('.result').count());
    await page.getByLabel('قرار', { exact: false }).first().check();
    await expect(page).toHaveURL(/type=decision/);
    await page.locator('.sort select').selectOption('oldest');
    await expect(page).toHaveURL(/sort=oldest/);
    await expect(page.locator('.results[aria-busy=false]')).toBeVisible();
    const titles = await page.locator('.result-title').allTextContents();
    expect(titles.length).toBeGreaterThan(1);
    expect(titles.length).toBeLessThanOrEqual(all);
    await page.reload();
    await expect(page.locator('.result-title')).toHaveText(titles);
    await page.goBack();
    await expect(page).not.toHaveURL(/sort=oldest/);
  });

  test('years are those of the reader’s calendar', async ({ page }) => {
    await page.getByRole('button', { name: 'العربية' }).click();
    await page.getByLabel('الهجري الشمسي').check();
    await page.keyboard.press('Escape');
    await search(page, 'قرار OR مصوبه');
    const from = page.locator('.year input').first();
    await from.fill('۱۴۰۲');
    await from.press('Enter');
    await expect(page).toHaveURL(/from=2023-03-21/);
    await expect(title(page)).toContainText('٤٥٦/١٤٠٢');
  });

  test('keeps a search and finds it again', async ({ page }) => {
    await search(page, 'البسطات');
    await page.getByRole('button', { name: 'احفظ هذا البحث' }).click();
    await page.locator('.brand').click();
    await page.locator('.saved a').first().click();
    await expect(page.getByRole('combobox').first()).toHaveValue('البسطات');
    await expect(title(page)).toBeVisible();
  });

  test('says honestly that nothing was found, and that the server is away', async ({ page, server }) => {
    await page.goto('/?q=%D8%B8%D8%B8%D8%B8%D8%B8%D8%B8');
    await expect(page.getByText('لم يُعثر على شيء')).toBeVisible();
    await expectAccessible(page);
    await server.stop();
    await page.getByRole('combobox').first().fill('البسطات');
    await expect(page.getByRole('alert')).toContainText('تعذّر الوصول إلى الأرشيف');
    await server.start();
    await page.getByRole('alert').getByRole('button').click();
    await expect(title(page)).toContainText('٤٥/٢٠١٨');
  });

  test('shows digits of the reader’s choice', async ({ page }) => {
    await search(page, '٤٥/٢٠١٨');
    await expect(title(page)).toContainText('٤٥/٢٠١٨');
    await page.getByRole('button', { name: 'العربية' }).click();
    await page.getByLabel('0123456789').check();
    await expect(title(page)).toContainText('45/2018');
    await page.reload();
    await expect(title(page)).toContainText('45/2018');
    await expect(page.locator('.snippet').first()).toContainText('٢٠١٨'); // what is printed stays as printed
  });

  test('numbers, Latin words and file names stand in the order in which they are read', async ({ page }) => {
    await search(page, '٤٥/٢٠١٨');
    const places = (selector: string, parts: string[]) =>
      page.locator(selector).first().evaluate((element, wanted) => {
        const found: number[] = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (const part of wanted) {
          walker.currentNode = element;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = (node.textContent ?? '').indexOf(part);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + part.length);
            found.push(range.getBoundingClientRect().x);
            break;
          }
        }
        return found;
      }, parts);
    const [number = 0, year = 0, subject = 0] = await places('.result-title', ['٤٥', '٢٠١٨', 'تنظيم']);
    expect(number).toBeLessThan(year); // 45 before 2018, as in every script
    expect(subject).toBeLessThan(number); // and what follows to their left
    const [stem = 0, numeral = 0, ending = 0] = await places('.result-foot', ['قرار', '45', '.tif']);
    expect(numeral).toBeLessThan(stem);
    expect(ending).toBeGreaterThan(numeral); // "45.tif" is one piece
    expect(ending).toBeLessThan(stem);
  });

  test('the first load is small', async ({ page }) => {
    let bytes = 0;
    page.on('response', async (response) => {
      const length = Number((await response.headerValue('content-length')) ?? 0);
      bytes += length;
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    await page.goto('/');
    await expect(page.locator('.start-count')).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(300 * 1024);
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await search(page, 'قرار OR مصوبه');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'التصفية' }).click();
    await expect(page.locator('.filter').first()).toBeVisible();
    await expectAccessible(page);
  });
});
