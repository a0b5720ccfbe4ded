import { expect, it } from 'vitest';
import { startProcess } from './process.ts';

it('a detector that cannot be used is told in the log, and stops nothing', async () => {
  const { said } = await startProcess({ DETECTOR_MODEL: './nowhere' });
  const [, address] = await said(/(http:\S+)/);
  await said(/DETECTOR_MODEL=\.\/nowhere cannot be used: there is no folder/);
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
});
