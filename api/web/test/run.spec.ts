// The pages of those who run the archive: overview, accounts and tokens, audit trail.
import { readFileSync } from 'node:fs';
import { expectAccessible } from './axe';
import { expect, signIn, test } from './archive';
import { ask } from './words';

const WORDS = {
  ar: { records: 'الوثائق', activity: 'آخر ما جرى', holds: 'السلسلة سليمة', begun: 'دخول' },
  fa: { records: 'اسناد', activity: 'رویدادهای تازه', holds: 'زنجیره درست است', begun: 'ورود' },
  en: { records: 'Records', activity: 'Recent activity', holds: 'The chain holds', begun: 'Signed in' },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('overview, accounts and audit trail are whole and accessible', async ({ page }) => {
      await signIn(page, 'administrator');
      await page.goto('/overview');
      await expect(page.locator('.figure').first()).toContainText(words.records);
      await expect(page.locator('.chart rect').first()).toBeVisible();
      await expect(page.getByRole('heading', { name: words.activity })).toBeVisible();
      await expect(page.locator('.audit li').first()).toContainText(words.begun);
      await expectAccessible(page);

      await page.goto('/accounts');
      await page.locator('summary').filter({ hasText: 'reader' }).click();
      await expect(page.locator('.token-form')).toBeVisible();
      await expectAccessible(page);

      await page.goto('/audit');
      await page.locator('.audit-tools button').first().click();
      await expect(page.locator('.audit-check')).toContainText(words.holds);
      await expectAccessible(page);
    });
  });
}

test('a reader sees neither the queue nor what others did', async ({ page }) => {
  await signIn(page, 'reader');
  await page.goto('/overview');
  await expect(page.locator('.figure').first()).toBeVisible();
  await expect(page.locator('a[href="/queue"], a[href="/audit"], .audit')).toHaveCount(0);
  expect((await page.request.get('/v1/queue')).status()).toBe(403);
});

test('an account is made, gets a token that is shown once, and is disabled', async ({ page, baseURL, playwright }) => {
  await signIn(page, 'administrator');
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'New account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[name=account]').fill('layla');
  await dialog.locator('input[name=display]').fill('ليلى (الأرشيف)');
  await dialog.locator('select[name=role]').selectOption('archivist');
  await expectAccessible(page);
  await dialog.locator('button[type=submit]').click();
  const password = await page.locator('.secret code').innerText();
  expect(password.length).toBeGreaterThan(9);

  const row = page.locator('.accounts > li').filter({ hasText: 'layla' });
  await row.locator('summary').click();
  await row.locator('input[name=token]').fill('scanner 2');
  await row.getByRole('button', { name: 'Make a token' }).click();
  const token = await row.locator('.secret code').innerText();
  const program = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
  expect((await program.get('/v1/stats')).status()).toBe(200);
  await row.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText(token)).toHaveCount(0);

  await row.locator('select[name=role]').selectOption('editor');
  await row.getByRole('button', { name: 'Save' }).click();
  await expect(row.locator('summary')).toContainText('Editor');
  await row.getByRole('button', { name: /Revoke.*scanner 2/ }).click();
  await expect(row.getByText('None yet')).toBeVisible();
  expect((await program.get('/v1/stats')).status()).toBe(401);
  await row.getByRole('button', { name: 'Disable' }).click();
  await expect(row.locator('summary')).toContainText('disabled');
  expect(await ask<{ disabled: boolean }>(page, '/v1/accounts/layla')).toMatchObject({ disabled: true });
  await program.dispose();
});

test('the audit trail is exported whole, and searched', async ({ page }) => {
  await signIn(page, 'administrator');
  await page.goto('/audit');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual(lines.map((_, i) => i));

  await page.locator('input[name=filter]').fill('no-such-word-anywhere');
  await expect(page.locator('.audit li')).toHaveCount(0);
  await page.locator('input[name=filter]').fill('account made reader');
  await page.locator('input[name=filter]').press('Enter');
  await expect(page.locator('.audit li').first()).toContainText('reader');
});
