// Node 20 does not run TypeScript, and a loader that translates each file as it is imported costs every thread 100 MB
// and more. So what runs is built first: one file for the entry, one for each kind of thread, packages left where they are.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/cliplens');
const THREADS = {
  'encoder-thread': 'src/clip/worker.ts',
  'detector-thread': 'src/clip/detector/worker.ts',
  'probe-thread': 'src/probe/worker.ts',
  'statistics-thread': 'src/audit/statistics/worker.ts',
};

/**
 * Builds a TypeScript entry and the threads.
 * @param {string} entry path from the root
 * @returns {Promise<string>} path of the built entry
 */
export async function build(entry) {
  const name = basename(entry, '.ts');
  const entryPoints = { [name]: entry, ...THREADS };
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    bundle: true,
    // So that what is imported later, as the chat that is not configured, is not loaded at the start.
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
  });
  await esbuild.stop(); // else its process stays behind
  mkdirSync(folder, { recursive: true });
  const chunks = outputFiles.filter(({ path }) => !(basename(path, '.js') in entryPoints));
  const entries = outputFiles.filter((file) => !chunks.includes(file));
  // Another process may read at any moment: so what is imported comes first, and each file is renamed into place.
  for (const { path, contents } of [...chunks, ...entries]) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, contents);
    renameSync(draft, path);
  }
  return join(folder, `${name}.js`);
}
