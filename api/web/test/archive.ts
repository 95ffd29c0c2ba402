// What each test begins with: a server of its own, on a copy of the archive of sample papers, and the few steps that
// all do.
import { test as base, expect, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export { expect, type Page };

export type Role = 'reader' | 'archivist' | 'editor' | 'administrator';

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with ctest -R '^web'`);
  return value;
}

export class Server {
  readonly archive: string;
  url = '';
  private process: ChildProcess | null = null;

  constructor() {
    this.archive = join(mkdtempSync(join(tmpdir(), 'diwan-web-')), 'archive');
    cpSync(needed('PAGE_TEST_ARCHIVE'), this.archive, { recursive: true });
  }

  // The same port after a restart, so that an open page finds it again.
  async start(): Promise<void> {
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    const arguments_ = ['serve', '--archive', this.archive, '--listen', listen, '--workers', '1'];
    const process = spawn(needed('PAGE_TEST_PROGRAM'), arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.process = process;
    this.url = await new Promise<string>((resolve, reject) => {
      process.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
      process.once('exit', (code) => reject(new Error(`diwan serve ended with ${code}`)));
    });
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const process = this.process;
    if (!process || process.exitCode !== null) return;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill(signal);
    await ended;
  }

  remove(): void {
    rmSync(join(this.archive, '..'), { recursive: true, force: true });
  }
}

export const test = base.extend<{ baseURL: string; strict: void }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = new Server();
      await server.start();
      await use(server);
      await server.stop();
      server.remove();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  // A page that breaks its Content-Security-Policy, or throws, fails the test.
  strict: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
      });
      await use();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name=name]').fill(role);
  await page.locator('input[name=password]').fill(`diwan-${role}-1`);
  await page.locator('form button[type=submit]').click();
  await expect(page).not.toHaveURL(/sign-in/);
}
