import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, time } from '../measure.ts';
import type { Row } from '../row.ts';
import { Server } from '../server.ts';
import { LABELS } from '../words.ts';

const STARTS = 3;

/** How long a newcomer waits after `npm start`, and what the server holds once it has been used. */
export async function start(photos: readonly Uint8Array[]): Promise<Row[]> {
  const starts: number[] = [];
  const megabytes: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'cliplens-bench-data-'));
    const server = new Server(folder);
    try {
      starts.push(await time(() => server.ready()));
      for (const photo of photos) await server.classify(photo, LABELS.slice(0, 10));
      megabytes.push(await server.memory());
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  }
  return [
    {
      title: 'npm start with the demo model: seconds to ready',
      figure: median(starts) / 1000,
      unit: ' s',
      bar: { is: 'at most', value: 3 },
      basis: `median of ${STARTS}`,
    },
    {
      title: `resident memory after ${photos.length} requests`,
      figure: Math.max(...megabytes),
      unit: ' MB',
      bar: { is: 'at most', value: 500 },
      basis: `the most of ${STARTS} times, one 1920x1080 JPEG after the other`,
    },
  ];
}
