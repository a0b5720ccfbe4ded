import { readdir, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { ROOT } from '../../src/root.ts';

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
  const page = new URL('adapters/web/page/', ROOT);
  const samples = new URL('adapters/web/samples/', ROOT);
  const read = async (path: string, url: URL) =>
    [path, { mediaType: mediaType(url.pathname), body: await bytes(url) }] as const;
  const entries = await Promise.all([
    read('/', new URL('index.html', page)),
    read('/icon.svg', new URL('icon.svg', page)),
    read('/korean.otf', new URL('src/draw/fonts/Pretendard-Regular.otf', ROOT)),
    ...(await readdir(samples)).map((name) => read(`/samples/${name}`, new URL(name, samples))),
  ]);
  return new Map([...entries, ...(await bundle(page))]);
}

/** The script and the style of the page. */
async function bundle(page: URL): Promise<(readonly [string, Asset])[]> {
  const { outputFiles } = await esbuild.build({
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
  await esbuild.stop(); // else its process stays behind
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
