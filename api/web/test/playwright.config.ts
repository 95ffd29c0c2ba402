// Where the tests find the browser, and what they start from. tests/web/CMakeLists.txt runs them.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: process.env['PAGE_TEST_PICTURES'] ? 'screenshots.ts' : '*.spec.ts',
  outputDir: process.env['PAGE_TEST_OUTPUT'] ?? '../../../build/web-test',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['DIWAN_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
});
