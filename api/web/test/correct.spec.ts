// A word is corrected in the viewer, and found by its new spelling; a correction of an older version is not stored.
import { expectAccessible } from './axe';
import { expect, signIn, test } from './archive';
import { ask, countFound } from './words';

const WORDS = { ar: 'زعفرانستانية', fa: 'گلپایگانستان' } as const;

for (const [language, word] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('a word is corrected where it is read', async ({ page }) => {
      await signIn(page, 'editor');
      const { doubts } = await ask<{ doubts: { record: string; url: string }[] }>(page, '/v1/queue?kind=words');
      const { record, url } = doubts[0] as { record: string; url: string };
      await page.goto(`/records/${record}/1`);
      await page.locator('[data-word="3"]').click();
      const box = page.locator('#correct-word');
      await expect(box).toBeFocused();
      await expectAccessible(page);
      await box.fill(word);
      await box.press('Enter');
      await expect(page.locator('[data-word="3"]')).toHaveText(word);
      await expect(box).toHaveCount(0);
      await expect(page.locator('[data-word="3"]')).toBeFocused(); // the keyboard goes on from there
      await expect.poll(() => countFound(page, word)).toBe(1);

      await page.locator('[data-word="0"]').focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await expect(box).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(page.locator('[data-word="1"]')).toBeFocused();
      await page.keyboard.press('Enter');
      const { version } = await ask<{ version: number }>(page, url);
      const { csrf_token: token } = await ask<{ csrf_token: string }>(page, '/v1/session');
      const other = await page.request.patch(url, {
        headers: { 'If-Match': `"${version}"`, 'X-CSRF-Token': token },
        data: { words: [{ first: 5, text: 'غيره' }] },
      });
      expect(other.ok()).toBe(true);
      await box.press('Enter');
      await expect(page.locator('.correct-word').getByRole('alert')).toBeVisible();
      expect((await ask<{ version: number }>(page, url)).version).toBe(version + 1);
    });
  });
}
