import { basename } from 'node:path';
import { z } from 'zod';
import { startWeb } from '../../adapters/web/server.ts';
import { adapterContract } from '../contract/adapter.ts';

const bodySchema = z.union([
  z.object({
    text: z.string(),
    images: z.array(z.object({ url: z.string(), alt: z.string() })),
    files: z.array(z.object({ url: z.string(), description: z.string() })),
  }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

adapterContract('the page', async ({ commands, dispatch, log }) => {
  const status = () => ({ state: 'ready' }) as const;
  const { address, stop } = await startWeb({
    ...{ commands, dispatch, status, log, host: '127.0.0.1', port: 0 },
    isReady: () => true,
  });
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
