// Coming in, going out, and what those see who may not.
import { expectAccessible } from './axe';
import { expect, signIn, test } from './archive';

const WORDS = {
  ar: { dir: 'rtl', title: 'تسجيل الدخول', search: 'البحث', out: 'خروج', wrong: 'الاسم أو كلمة المرور غير صحيح' },
  fa: { dir: 'rtl', title: 'ورود', search: 'جست‌وجو', out: 'خروج', wrong: 'نام کاربری یا گذرواژه درست نیست' },
  en: { dir: 'ltr', title: 'Sign in', search: 'Search', out: 'Sign out', wrong: 'Name or password is wrong' },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('sign in where one wanted to go, sign out', async ({ page }) => {
      await page.goto('/overview');
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('html')).toHaveAttribute('dir', words.dir);
      await expect(page.getByRole('heading', { name: words.title })).toBeVisible();
      await expectAccessible(page);

      await page.locator('input[name=name]').fill('reader');
      await page.locator('input[name=password]').fill('not the password');
      await page.locator('form button[type=submit]').click();
      await expect(page.getByRole('alert')).toContainText(words.wrong);

      await page.locator('input[name=password]').fill('diwan-reader-1');
      await page.locator('form button[type=submit]').click();
      await expect(page).toHaveURL(/\/overview$/);
      await expect(page.getByRole('link', { name: words.search })).toBeVisible();

      await page.getByRole('button', { name: 'reader' }).click();
      await page.getByRole('button', { name: words.out }).click();
      await expect(page).toHaveURL(/\/sign-in/);
      expect((await page.request.get('/v1/stats')).status()).toBe(401);
    });
  });
}

test('pages that an account has no right to are neither offered nor shown', async ({ page }) => {
  await signIn(page, 'reader');
  await expect(page.locator('.navigation-wide a[href="/"]')).toBeVisible();
  await expect(page.locator('a[href="/audit"]')).toHaveCount(0);
  await page.goto('/audit');
  await expect(page.locator('.state-title')).toBeVisible();
  await expect(page.locator('.state button')).toHaveCount(0);
});

test('a link to the sign-in leads nowhere else', async ({ page, baseURL }) => {
  await page.goto('/sign-in?next=//example.org/');
  await page.locator('input[name=name]').fill('reader');
  await page.locator('input[name=password]').fill('diwan-reader-1');
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(`${baseURL}/`);
});
