// Opens the search page in Chromium, or types questions into it, and prints how many milliseconds each took. Called by
// tests/bench/page: page.mjs WEB_FOLDER ADDRESS PASSWORD open empty|full TIMES | type QUESTIONS_FILE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [web, address, password, what, ...rest] = process.argv.slice(2);
const { chromium } = createRequire(`${web}/package.json`)('@playwright/test');
const LOOK = { locale: 'ar', viewport: { width: 1280, height: 800 } };
const browser = await chromium.launch({
  executablePath: process.env.DIWAN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function signedIn() {
  const context = await browser.newContext(LOOK);
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.locator('input[name=name]').fill('page');
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.locator('input[name=q]').waitFor();
  return context;
}

// From the beginning of the navigation to the first frame with the box that takes the question.
async function open(context) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const watcher = new MutationObserver(() => {
      if (!document.querySelector('input[name=q]')) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.usable = performance.now())));
    });
    watcher.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${address}/`, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.usable !== undefined);
  const took = await page.evaluate(() => window.usable);
  await page.waitForLoadState('networkidle');
  await page.close();
  return took;
}

// From the last key to the first frame with the results of what was typed.
async function type(page, question) {
  const box = page.locator('input[name=q]');
  await box.fill('');
  await page.evaluate((words) => {
    window.shown = undefined;
    let answered = false;
    const ask = window.ask ?? (window.ask = window.fetch);
    window.fetch = async (...given) => {
      const answer = await ask(...given);
      const url = new URL(answer.url);
      answered ||= url.pathname === '/v1/search' && url.searchParams.get('q') === words;
      return answer;
    };
    const watcher = new MutationObserver(() => {
      if (!answered || !document.querySelector('.results[aria-busy=false]')) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.shown = performance.now())));
    });
    watcher.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    document.querySelector('input[name=q]').addEventListener('input', () => (window.typed = performance.now()));
  }, question);
  await box.pressSequentially(question, { delay: 60 });
  await page.waitForFunction(() => window.shown !== undefined);
  const took = await page.evaluate(() => window.shown - window.typed);
  await page.waitForLoadState('networkidle');
  return took;
}

if (what === 'open') {
  const [cache, times] = rest;
  const context = await signedIn();
  const cookies = await context.cookies();
  for (let i = 0; i < Number(times); i += 1) {
    if (cache === 'full') {
      console.log(await open(context));
      continue;
    }
    const fresh = await browser.newContext(LOOK);
    await fresh.addCookies(cookies);
    console.log(await open(fresh));
    await fresh.close();
  }
} else {
  const page = await (await signedIn()).newPage();
  await page.goto(`${address}/`);
  await page.locator('input[name=q]').waitFor();
  for (const question of JSON.parse(readFileSync(rest[0], 'utf8'))) console.log(await type(page, question));
}
await browser.close();
