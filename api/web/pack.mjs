// Packs the built page into two files that api/web_files.cc takes into the program: one with all bytes, scripts and
// styles as gzip, and a row for each file that says where they are.
// Usage: node pack.mjs DIST_FOLDER OUTPUT_FOLDER
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function filesUnder(folder, prefix = '') {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesUnder(path, `${prefix}/${name}`) : [`${prefix}/${name}`];
    });
}

const [dist, output] = process.argv.slice(2);
const pieces = [];
const rows = [];
let at = 0;
for (const path of filesUnder(dist)) {
  const type = TYPES[extname(path)];
  if (!type) throw new Error(`pack.mjs: no media type is known for ${path}`);
  const plain = readFileSync(join(dist, path));
  const packed = path.startsWith('/assets/') && type.startsWith('text/') ? gzipSync(plain, { level: 9 }) : plain;
  pieces.push(packed);
  rows.push(`{"${path}", "${type}", ${at}, ${packed.length}, ${packed !== plain}},`);
  at += packed.length;
}
mkdirSync(output, { recursive: true });
writeFileSync(join(output, 'web_files.bin'), Buffer.concat(pieces));
writeFileSync(join(output, 'web_files.inc'), `${rows.join('\n')}\n`);
