import { basename } from 'node:path';
import { z } from 'zod';
import { startWeb } from '../../adapters/web/server.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import { adapterContract } from '../contract/adapter.ts';
import { progressContract } from '../contract/progress.ts';

const bodySchema = z.union([
  z.object({
    text: z.string(),
    images: z.array(z.object({ url: z.string(), alt: z.string() })),
    files: z.array(z.object({ url: z.string(), description: z.string() })),
  }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

function start({ commands, dispatch, log }: ChatParts) {
  const status = () => ({ state: 'ready' }) as const;
  return startWeb({ commands, dispatch, status, log, host: '127.0.0.1', port: 0, isReady: () => true });
}

adapterContract('the page', async (parts) => {
  const { address, stop } = await start(parts);
  return {
    async ask({ command, subcommand, options = {}, images = [], archives = [], locale = 'en' }) {
      const form = new FormData();
      form.set('command', [command, subcommand].filter(Boolean).join(' '));
      form.set('locale', locale);
      for (const [name, value] of Object.entries(options)) form.set(name, value);
      for (const image of images) {
        if (typeof image === 'string') throw new Error('what is uploaded is there');
        form.append('image', new Blob([new Uint8Array(image.bytes)]), image.name);
      }
      for (const { name, bytes } of archives) form.append('archive', new Blob([new Uint8Array(bytes)]), name);
      const response = await fetch(`${address}/api/commands`, { method: 'POST', body: form });
      const body = bodySchema.parse(await response.json());
      if ('error' in body) return { text: body.error.message, files: [] };
      const all = [...body.images, ...body.files.map(({ url, description: alt }) => ({ url, alt }))];
      const read = all.map(async ({ url, alt }) => {
        const response = await fetch(address + url);
        return { name: basename(url), bytes: new Uint8Array(await response.arrayBuffer()), alt };
      });
      return { text: body.text, files: await Promise.all(read) };
    },
    close: stop,
  };
});

const lineSchema = z.union([z.object({ progress: z.string() }), z.object({ text: z.string() })]);

progressContract('the page', async (parts) => {
  const { address, stop } = await start(parts);
  return {
    async ask(command) {
      const form = new FormData();
      form.set('command', command);
      const headers = { accept: 'application/x-ndjson' };
      const response = await fetch(`${address}/api/commands`, { method: 'POST', body: form, headers });
      const lines = (await response.text())
        .trim()
        .split('\n')
        .map((line) => lineSchema.parse(JSON.parse(line)));
      const last = lines.at(-1);
      return {
        text: last && 'text' in last ? last.text : '',
        progress: lines.flatMap((line) => ('progress' in line ? [line.progress] : [])),
      };
    },
    close: stop,
  };
});
