import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { vi } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../adapters/cli/index.ts';
import { adapterContract } from '../contract/adapter.ts';
import { progressContract } from '../contract/progress.ts';

const printedSchema = z.union([
  z.object({
    text: z.string(),
    images: z.array(z.object({ path: z.string(), alt: z.string() })),
    files: z.array(z.object({ path: z.string(), description: z.string() })),
  }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

const status = () => ({ state: 'ready' }) as const;

/** What a command line writes to standard output and to standard error. */
async function listen(run: () => Promise<unknown>): Promise<{ printed: string; told: string }> {
  const heard = { printed: '', told: '' };
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    heard.printed += String(chunk);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    heard.told += String(chunk);
    return true;
  });
  await run();
  stdout.mockRestore();
  stderr.mockRestore();
  return heard;
}

adapterContract('the command line', async ({ commands, dispatch }) => {
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-contract-'));
  return {
    async ask({ command, subcommand, options = {}, images = [], archives = [], locale = 'en' }) {
      const paths = await Promise.all(
        [...images, ...archives].map(async (image) => {
          if (typeof image === 'string') throw new Error('files of this machine are there, or they are not');
          await writeFile(join(folder, image.name), image.bytes);
          return join(folder, image.name);
        }),
      );
      const named = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
      const words = [command, ...(subcommand ? [subcommand] : []), ...paths, ...named];
      const argv = [...words, '--locale', locale, '--json', '--out', join(folder, 'answers')];
      const { printed } = await listen(() => runCli({ argv, commands, dispatch, status }));
      const answer = printedSchema.parse(JSON.parse(printed));
      if ('error' in answer) return { text: answer.error.message, files: [] };
      const all = [...answer.images, ...answer.files.map(({ path, description: alt }) => ({ path, alt }))];
      const read = all.map(async ({ path, alt }) => ({ name: basename(path), bytes: await readFile(path), alt }));
      return { text: answer.text, files: await Promise.all(read) };
    },
    async close() {},
  };
});

progressContract('the command line', async ({ commands, dispatch }) => ({
  async ask(command) {
    const argv = [command, '--locale', 'en'];
    const { printed, told } = await listen(() => runCli({ argv, commands, dispatch, status }));
    return { text: printed.trim(), progress: told.split('\n').filter((line) => line !== '') };
  },
  async close() {},
}));
