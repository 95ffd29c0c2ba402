// What was read with doubt is decided with the keyboard alone, taken back, found, and stands in the audit trail.
import { expectAccessible } from './axe';
import { expect, signIn, test } from './archive';
import { ask, countFound } from './words';

interface Doubt {
  record: string;
  url: string;
  version: number;
  field: string | null;
  value: string;
  printed: string | null;
}
interface Queue {
  doubts: Doubt[];
}
interface Record_ {
  fields: { name: string; value: string; state: string }[];
}

const WORDS = {
  ar: { confirmed: 'تأكَّد', undone: 'تُراجِع عنه', act: 'تأكيد حقل', word: 'زقزقستانية' },
  fa: { confirmed: 'تأیید شد', undone: 'پس گرفته شد', act: 'تأیید مشخصه', word: 'چهچهستانی' },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('a field is confirmed by keyboard and stands in the audit trail', async ({ page }) => {
      await signIn(page, 'administrator');
      const first = (await ask<Queue>(page, '/v1/queue?kind=numbers')).doubts[0] as Doubt;
      const stateOf = async () =>
        (await ask<Record_>(page, first.url)).fields.find(({ name, value }) => name === first.field && value === first.value)?.state;
      await page.goto('/queue');
      const box = page.locator('#queue-value');
      await expect(box).toBeFocused();
      await expect(box).toHaveValue(first.printed ?? first.value);
      await expect(page.locator('.crop img')).toBeVisible();
      await expect(page.locator('.crop rect').first()).toBeVisible();
      await expectAccessible(page);

      await page.keyboard.press('Enter');
      await expect(page.locator('.queue-said')).toContainText(words.confirmed);
      expect(await stateOf()).toBe('confirmed');

      await page.keyboard.press('Control+z');
      await expect(page.locator('.queue-said')).toContainText(words.undone);
      expect(await stateOf()).toBe('proposed');
      await page.keyboard.press('Enter');
      await expect(page.locator('.queue-said')).toContainText(words.confirmed);

      await page.goto('/audit');
      await page.locator('input[name=filter]').fill(words.act);
      const entry = page.locator('.audit li').first();
      await expect(entry).toContainText(words.act);
      await expect(entry).toContainText('user:administrator');
      await expect(entry.locator('a')).toHaveAttribute('href', `/records/${first.record}/1`);
    });

    test('a word is corrected by keyboard and found by its new spelling', async ({ page }) => {
      await signIn(page, 'editor');
      expect(await countFound(page, words.word)).toBe(0);
      await page.goto('/queue?kind=words');
      const box = page.locator('#queue-value');
      await expect(box).toBeFocused();
      await expectAccessible(page);
      const before = (await ask<Queue>(page, '/v1/queue?kind=words')).doubts[1]?.value as string;
      await page.keyboard.press('ArrowDown');
      await expect(box).toHaveValue(before);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(words.word);
      await page.keyboard.press('Enter');
      await expect(page.locator('.queue-said')).toContainText(words.word);
      await expect.poll(() => countFound(page, words.word)).toBe(1);

      await page.keyboard.press('Control+z');
      await expect(page.locator('.queue-said')).toContainText(words.undone);
      await expect(box).toHaveValue(before);
      await expect.poll(() => countFound(page, words.word)).toBe(0);
    });
  });
}

test('what somebody else changed meanwhile is told, and nothing is lost', async ({ page }) => {
  await signIn(page, 'editor');
  await page.goto('/queue?kind=fields');
  await expect(page.locator('#queue-value')).toBeVisible();
  const { csrf_token: token } = await ask<{ csrf_token: string }>(page, '/v1/session');
  const [doubt] = (await ask<Queue>(page, '/v1/queue?kind=fields')).doubts as [Doubt];
  const other = await page.request.patch(doubt.url, {
    headers: { 'If-Match': `"${doubt.version}"`, 'X-CSRF-Token': token },
    data: { fields: [{ do: 'set', name: 'access', value: 'public' }] },
  });
  expect(other.ok()).toBe(true);

  await page.locator('#queue-value').press('Enter');
  await expect(page.locator('.queue-said')).toContainText(/meanwhile/);
  const state = async () => (await ask<Record_>(page, doubt.url)).fields.find(({ value }) => value === doubt.value)?.state;
  expect(await state()).toBe('proposed');
  await page.locator('#queue-value').press('Enter');
  await expect(page.locator('.queue-said')).toContainText('confirmed');
  expect(await state()).toBe('confirmed');
});

test('what is certain is counted, confirmed together, and taken back', async ({ page }) => {
  await signIn(page, 'editor');
  const count = async () => (await ask<Queue>(page, '/v1/queue?kind=fields&least=90&limit=100')).doubts.length;
  const all = await count();
  expect(all).toBeGreaterThan(1);
  await page.goto('/queue?kind=fields');
  await page.getByRole('button', { name: 'Confirm what is certain' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').selectOption('90');
  await dialog.getByRole('button', { name: 'Count them' }).click();
  await expect(dialog.getByRole('status')).toContainText(`${all} values`);
  expect(await count()).toBe(all); // nothing before one has said so
  await expectAccessible(page);
  await dialog.getByRole('button', { name: `Confirm ${all} values` }).click();
  await expect(dialog.getByRole('status')).toContainText('confirmed');
  expect(await count()).toBe(0);
  await dialog.getByRole('button', { name: 'Take all of this back' }).click();
  await expect(dialog.getByText('Taken back')).toBeVisible();
  expect(await count()).toBe(all);
});
