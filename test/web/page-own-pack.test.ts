import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startWeb } from '../../adapters/web/server.ts';
import { createApp } from '../../app.ts';
import { pageDescriptions } from '../../commands/index.ts';
import { readConfig } from '../../src/config.ts';
import { zip } from '../archive/zip.ts';
import { discs } from '../audit/own-pictures.ts';
import { useStageOn } from './browser.ts';

/** The page as main.ts serves it, on the bundled model. */
const stage = useStageOn(async () => {
  const data = await mkdtemp(join(tmpdir(), 'cliplens-page-'));
  const log = pino({ level: 'silent' });
  const app = await createApp(readConfig({ CLIP_MODEL: 'demo', DATA_DIR: data, ENCODER_THREADS: '1' }), log);
  const { address, stop } = await startWeb({
    ...{ commands: pageDescriptions, dispatch: app.pageDispatch, log, host: '127.0.0.1', port: 0 },
    status: () => app.services.status,
    isReady: () => true,
  });
  const stopAll = async () => {
    await stop();
    await app.services.close();
  };
  return { address, data, stop: stopAll };
});

async function attach(page: Page, name: string): Promise<void> {
  const entries = [...(await discs('사진/빨강', 'crimson', 7)), ...(await discs('사진/파랑', 'royalblue', 7))];
  await page.locator('#files').setInputFiles([{ name, mimeType: 'application/zip', buffer: zip(entries) }]);
}

test('a zip of groups is compared, its table fetched with the zip along, and nothing of it is kept', async () => {
  const page = await stage.open();
  await page.keyboard.type('/biasaudit own ');
  await page.getByText('Add a zip with + · pairs: ').waitFor();
  await attach(page, '사진.zip');
  await page.getByText('Add a zip with +').waitFor({ state: 'detached' });
  await page.keyboard.type('tomato/blueberry check:red/blue');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await log.getByText('A: 빨강. B: 파랑. Above 0, A is pulled more to "tomato"').waitFor();
  expect(
    await log
      .getByText(/Difference found/)
      .first()
      .isVisible(),
  ).toBe(true);
  await log.getByRole('img', { name: /95 % intervals/ }).waitFor();
  await log.getByRole('button', { name: 'Full table' }).click();
  await log.getByText('biasaudit-own.csv').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), log.getByText('biasaudit-own.json').click()]);
  expect(download.suggestedFilename()).toBe('biasaudit-own.json');
  expect(
    (await readdir(stage.web.data)).filter((name) => !/^(cliplens\.sqlite|models|explanations)/.test(name)),
  ).toEqual([]);
});

test('in Korean, without the zip or with a word alone, it says what is missing', async () => {
  const page = await stage.open({ locale: 'ko-KR' });
  await page.keyboard.type('/biasaudit own 간호사/의사');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('zip 파일이 없습니다').waitFor();
  await attach(page, '사진.zip');
  await page.keyboard.type('/biasaudit own 간호사');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('라벨 쌍이 아닙니다').waitFor();
});
