import { readdir, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

export interface Asset {
  mediaType: string;
  body: Uint8Array<ArrayBuffer>;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.otf': 'font/otf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/** Everything the page consists of, by path: bundled and read once at the start, so no path reaches the disk later. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const page = new URL('page/', import.meta.url);
  const samples = new URL('samples/', import.meta.url);
  const read = async (path: string, url: URL) =>
    [path, { mediaType: mediaType(url.pathname), body: await bytes(url) }] as const;
  const entries = await Promise.all([
    read('/', new URL('index.html', page)),
    read('/icon.svg', new URL('icon.svg', page)),
    read('/korean.otf', new URL('../../src/draw/fonts/Pretendard-Regular.otf', import.meta.url)),
    ...(await readdir(samples)).map((name) => read(`/samples/${name}`, new URL(name, samples))),
  ]);
  return new Map([...entries, ...bundle(page)]);
}

/** The script and the style of the page. Built synchronously: otherwise a process of esbuild's would stay behind. */
function bundle(page: URL): (readonly [string, Asset])[] {
  const { outputFiles } = buildSync({
    entryPoints: [
      { in: fileURLToPath(new URL('main.ts', page)), out: 'page' },
      { in: fileURLToPath(new URL('page.css', page)), out: 'page' },
    ],
    outdir: '/',
    external: ['/korean.otf'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
  });
  return outputFiles.map(({ path, contents }) => {
    const name = basename(path);
    return [`/${name}`, { mediaType: mediaType(name), body: new Uint8Array(contents) }];
  });
}

async function bytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(url));
}

function mediaType(path: string): string {
  return MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
}
