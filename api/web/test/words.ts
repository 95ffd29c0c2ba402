// What a test asks of the server beside the page, with the session of its browser.
import { expect, type Page } from './archive';

export async function ask<T>(page: Page, address: string): Promise<T> {
  const response = await page.request.get(address);
  expect(response.ok(), `${address}: ${response.status()}`).toBe(true);
  return (await response.json()) as T;
}

export async function countFound(page: Page, question: string): Promise<number> {
  return (await ask<{ total: number }>(page, `/v1/search?q=${encodeURIComponent(question)}`)).total;
}
