// Files brought in through the page.
import { type Page } from './archive';

export async function drop(page: Page, files: { name: string; bytes: Buffer }[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of all) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { lastModified: 1 }));
    }
    return transfer;
  }, given);
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: data });
}

// Each part takes a while, so that something can happen between two.
export async function slowly(page: Page): Promise<{ offsets: number[] }> {
  const seen = { offsets: [] as number[] };
  await page.route('**/v1/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH') {
      seen.offsets.push(Number(route.request().headers()['upload-offset']));
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    await route.continue().catch(() => {});
  });
  return seen;
}
