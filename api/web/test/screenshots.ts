// Pictures of each page, for script/screenshots. Named PAGE-LANGUAGE-DEVICE.png.
import { expect, signIn, test, type Page } from './archive';

const folder = process.env['PAGE_TEST_PICTURES'] ?? 'screenshots';
const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } } as const;
const WORDS = { ar: 'البسطات OR القرار', fa: 'زمین بازی OR عوارض', en: '45/2018' } as const;
const TABS = ['fields', 'relations', 'history'] as const;

async function shown(page: Page, selector: string): Promise<void> {
  await expect(page.locator(selector).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
}

for (const [language, words] of Object.entries(WORDS)) {
  for (const [device, viewport] of Object.entries(DEVICES)) {
    test.describe(`${language} ${device}`, () => {
      test.use({ locale: language, viewport });
      test.setTimeout(180_000);

      test('pages', async ({ page }) => {
        const take = (name: string) => page.screenshot({ path: `${folder}/${name}-${language}-${device}.png` });
        await page.goto('/sign-in');
        await shown(page, 'form');
        await take('sign-in');
        await signIn(page, 'administrator');
        await shown(page, '.start-count');
        await take('start');
        await page.goto(`/?q=${encodeURIComponent(words)}`);
        await shown(page, '.result');
        await take('search');
        await page.locator('.result-title a').first().click();
        await shown(page, '.page-image-canvas .hit');
        await page.waitForTimeout(600); // the image comes to rest
        await take('viewer');
        for (const tab of TABS) {
          await page.locator(`#tab-${tab}`).click();
          await shown(page, { fields: '.fields li, dl', relations: '.relations h2', history: '[role=tabpanel] li' }[tab]);
          if (device === 'phone') await page.locator('.viewer-panel').scrollIntoViewIfNeeded();
          await take(`viewer-${tab}`);
        }
        for (const other of ['queue', 'bring-in', 'jobs', 'overview', 'accounts', 'audit']) {
          await page.goto(`/${other}`);
          await shown(page, 'main > *');
          await take(other);
        }
      });
    });
  }
}
