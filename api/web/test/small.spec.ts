// Every page on a phone, and at twice the size on a desktop: nothing leads sideways, nothing is cut, axe finds nothing.
import { expectAccessible } from './axe';
import { expect, signIn, test, type Page } from './archive';

const SIZES = {
  phone: { language: 'ar', viewport: { width: 360, height: 740 } },
  zoomed: { language: 'fa', viewport: { width: 640, height: 400 } }, // 1280 x 800 at 200 %
} as const;

// What lies outside of the window, or is wider than the box that hides the rest of it.
async function expectWhole(page: Page, name: string): Promise<void> {
  const faults = await page.evaluate(() => {
    const told = (element: Element) => `${element.tagName}.${element.className}: ${element.textContent?.slice(0, 40)}`;
    const found: string[] = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || element.closest('.visually-hidden, .skip, .page-image-canvas, .strip, svg')) continue;
      if (box.right > wide + 1 || box.left < -1) found.push(`outside: ${told(element)}`);
      const style = getComputedStyle(element);
      const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip';
      if (cuts && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${told(element)}`);
    }
    return found;
  });
  expect(faults, name).toEqual([]);
}

for (const [size, { language, viewport }] of Object.entries(SIZES)) {
  test.describe(size, () => {
    test.use({ locale: language, viewport });
    test.setTimeout(180_000);

    test('every page fits', async ({ page }) => {
      const look = async (name: string, selector: string) => {
        await expect(page.locator(selector).first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expectWhole(page, name);
        await expectAccessible(page);
      };
      await page.goto('/sign-in');
      await look('sign-in', 'form');
      await signIn(page, 'administrator');
      await look('start', '.start-count');
      await page.goto(`/?q=${encodeURIComponent('قرار OR مصوبه')}`);
      await look('search', '.result');
      await page.locator('.result-title a').first().click();
      await look('viewer', '.page-image-canvas .hit');
      for (const [tab, inside] of [['fields', '.access-level, form select'], ['relations', '.relations h2'], ['history', '[role=tabpanel] li']]) {
        await page.locator(`#tab-${tab}`).click();
        await look(`viewer, ${tab}`, inside as string);
      }
      await page.locator('#tab-text').click();
      await page.locator('[data-word="0"]').click();
      await look('viewer, a word', '#correct-word');
      const pages = { queue: '#queue-value', 'bring-in': '.drop', jobs: '.files li', overview: '.figure', accounts: 'main li', audit: '.audit li', password: 'form' };
      for (const [name, inside] of Object.entries(pages)) {
        await page.goto(`/${name}`);
        await look(name, inside);
      }
    });
  });
}
