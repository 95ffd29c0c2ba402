// Whether an outline in the viewer lies where it should: pixels compared.
import { type Page } from './archive';

// How alike what is drawn under the outline is to what the server says stands in its box: the correlation of their
// brightness on a grid, 1 for the same picture.
export async function likeness(page: Page, outline: string): Promise<number> {
  return page.evaluate(async (selector) => {
    const [columns, rows] = [32, 8];
    const element = document.querySelector<HTMLElement>(selector) as HTMLElement;
    const [x = 0, y = 0, width = 1, height = 1] = (element.dataset['box'] ?? '').split(',').map(Number);
    const picture = new Image();
    picture.src = `/v1${location.pathname.replace(/\/(\d+)$/, '/pages/$1')}/image?region=${[x, y, width, height].join(',')}`;
    await picture.decode();

    const canvas = document.querySelector<HTMLCanvasElement>('.page-image-canvas canvas') as HTMLCanvasElement;
    const frame = canvas.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const scale = (box.width - box.height) / (width - height); // the outline is wider by the same on each side
    const pad = (box.width - width * scale) / 2;
    const dense = canvas.width / frame.width;

    const brightness = (draw: (context: CanvasRenderingContext2D) => void) => {
      const grid = new OffscreenCanvas(columns, rows);
      const context = grid.getContext('2d') as unknown as CanvasRenderingContext2D;
      context.imageSmoothingQuality = 'high';
      draw(context);
      const { data } = context.getImageData(0, 0, columns, rows);
      return Array.from({ length: columns * rows }, (_, i) => data[4 * i] ?? 0);
    };
    const wanted = brightness((context) => context.drawImage(picture, 0, 0, columns, rows));
    const drawn = brightness((context) =>
      context.drawImage(
        canvas,
        (box.x + pad - frame.x) * dense,
        (box.y + pad - frame.y) * dense,
        width * scale * dense,
        height * scale * dense,
        0, 0, columns, rows,
      ),
    );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [a, b] = [mean(wanted), mean(drawn)];
    let [both, left, right] = [0, 0, 0];
    for (const [i, value] of wanted.entries()) {
      const [p, q] = [value - a, (drawn[i] ?? 0) - b];
      both += p * q;
      left += p * p;
      right += q * q;
    }
    return both / Math.sqrt(left * right || 1);
  }, outline);
}

// The share of dark pixels in a box of a page's image as the server has it, and in a strip as high as a third of it that
// begins under the box: between the lines there is less.
export async function ink(page: Page, image: string, box: number[]): Promise<{ inside: number; under: number }> {
  return page.evaluate(
    async ([url, at]) => {
      const share = async ([x = 0, y = 0, width = 1, height = 1]: number[]) => {
        const picture = new Image();
        picture.src = `${url}?region=${[x, y, width, height].join(',')}`;
        await picture.decode();
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
        context.drawImage(picture, 0, 0);
        const { data } = context.getImageData(0, 0, picture.width, picture.height);
        let dark = 0;
        for (let i = 0; i < data.length; i += 4) if ((data[i] ?? 255) < 128) dark += 1;
        return (4 * dark) / data.length;
      };
      const [x = 0, y = 0, width = 1, height = 1] = at;
      return { inside: await share(at), under: await share([x, y + height + 1, width, Math.ceil(height / 3)]) };
    },
    [image, box] as const,
  );
}
