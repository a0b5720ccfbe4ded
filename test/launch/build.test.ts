import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { build } from '../../launch/build.mjs';

const CHUNK = /-[0-9A-Z]{8}\.js$/;

it('puts what is imported in its place before what imports it: another process may start a thread meanwhile', async () => {
  const renamed = vi.spyOn(fs, 'renameSync');
  syncBuiltinESMExports();
  onTestFinished(() => {
    renamed.mockRestore();
    syncBuiltinESMExports();
  });
  await build('test/store/claimer.ts');
  const names = renamed.mock.calls.map(([, path]) => basename(String(path)));
  expect(names).toContain('encoder-thread.js');
  const firstEntry = names.findIndex((name) => !CHUNK.test(name));
  expect(names.findLastIndex((name) => CHUNK.test(name))).toBe(firstEntry - 1);
});
