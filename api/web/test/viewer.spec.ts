// Looking at a paper: the word that was found is outlined where its ink is, the text beside it reads and copies in
// order, fields lead to their places.
import { expectAccessible } from './axe';
import { expect, signIn, test, type Page } from './archive';
import { likeness } from './outline';

async function openFirst(page: Page, words: string): Promise<void> {
  await page.goto(`/?q=${encodeURIComponent(words)}`);
  await page.locator('.result-title a').first().click();
  await expect(page.locator('.page-image-canvas .hit').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
}

const WORDS = {
  ar: { words: 'البسطات', stem: 'بسطات', next: 'المطابقة التالية', fields: 'البيانات', show: /أظهر .?الرقم/, relations: 'العلاقات' },
  fa: { words: 'باغ انار', stem: 'باغ', next: 'یافتهٔ بعدی', fields: 'مشخصات', show: /نمایش .?شماره/, relations: 'پیوندها' },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('outlines the words found, on their ink', async ({ page }) => {
      await signIn(page, 'reader');
      await openFirst(page, words.words);
      await page.getByRole('button', { name: words.next }).click();
      const current = page.locator('.hit-current');
      await expect(current).toBeVisible();
      await expect.poll(() => likeness(page, '.hit-current')).toBeGreaterThan(0.9);
      const wide = (await current.boundingBox())?.width ?? 0;
      expect(wide).toBeGreaterThan(20);
      await expect(page.locator('.page-text mark').first()).toContainText(words.stem);
      await expectAccessible(page);
    });

    test('a field leads to its place on the page', async ({ page }) => {
      await signIn(page, 'reader');
      await openFirst(page, words.words);
      await page.getByRole('tab', { name: words.fields }).click();
      await page.getByRole('button', { name: words.show }).first().click();
      await expect(page.locator('.page-image-canvas .place').first()).toBeVisible();
      await expect.poll(() => likeness(page, '.place')).toBeGreaterThan(0.85);
      await expectAccessible(page);
      await page.getByRole('tab', { name: words.relations }).click();
      await expect(page.locator('.relations h2').first()).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test.describe('the viewer', () => {
  test.use({ locale: 'ar' });
  test.beforeEach(async ({ page }) => signIn(page, 'reader'));

  test('shows what it shows after a reload, page by page', async ({ page }) => {
    await openFirst(page, 'البسطات');
    await page.locator('.strip a').nth(1).click();
    await expect(page).toHaveURL(/\/2\?q=/);
    const text = await page.locator('.page-text').innerText();
    await page.reload();
    await expect(page.locator('.page-text')).toHaveText(text.replace(/\n+/g, ''), { useInnerText: false });
    await page.locator('.viewer-head > a').click();
    await expect(page.getByRole('combobox').first()).toHaveValue('البسطات');
  });

  test('text is copied in the order in which it is read', async ({ page, baseURL }) => {
    await openFirst(page, 'البسطات');
    const id = new URL(page.url()).pathname.split('/')[2];
    const answer = await page.request.get(`${baseURL}/v1/records/${id}/pages/1?format=text`);
    const wanted = (await answer.text()).split(/\s+/).filter(Boolean);
    const copied = await page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector('.page-text') as Element);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return getSelection()?.toString() ?? '';
    });
    expect(copied.split(/\s+/).filter(Boolean)).toEqual(wanted);
  });

  test('never loads the whole image', async ({ page }) => {
    const images: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/image')) images.push(request.url());
    });
    await openFirst(page, 'البسطات');
    expect(images.length).toBeGreaterThan(0);
    for (const url of images) expect(url).toMatch(/width=\d+/);
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await openFirst(page, 'البسطات');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectAccessible(page);
  });

  test('says that there is no such record', async ({ page }) => {
    await page.goto('/records/nothing/1');
    await expect(page.getByRole('alert')).toBeVisible();
  });
});
