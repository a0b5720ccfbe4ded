import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { reply } from '../../src/chat/reply.ts';
import { closedGate } from '../gate.ts';
import { fixture, useStage } from './browser.ts';
import { answer } from './fake.ts';

const stage = useStage();

async function send(page: Page, text: string, image?: string): Promise<void> {
  if (image) await page.locator('#files').setInputFiles(fixture(image));
  await page.getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ }).fill(text);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
}

test('an answer shows its text, image, table and buttons, and markup as text', async () => {
  const page = await stage.open();
  await send(page, '/classify <img src=x>, dog');
  const article = page.getByRole('log').getByRole('article', { name: 'Cliplens' });
  await article.getByText('classify {"labels":"<img src=x>, dog"}').waitFor();
  const image = article.getByRole('img', { name: 'A wide picture with bars' });
  expect(await image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
  expect(await article.getByRole('columnheader').allTextContents()).toEqual(['label', 'probability']);
  expect(await article.getByRole('cell').allTextContents()).toEqual(['<b>cat</b>', '90 %']);
  expect(await article.getByRole('table', { name: 'Scores' }).count()).toBe(1);
});

test('what takes long says how far it is, in the place of the answer', async () => {
  const page = await stage.open();
  const { opened: gate, open } = closedGate();
  stage.web.handler = async (_, { tell }) => {
    await tell?.('Working: 3 of 4 done, about 2 seconds left', 'public');
    await gate;
    return answer(reply('there it is'));
  };
  await send(page, '/help');
  const article = page.getByRole('log').getByRole('article', { name: 'Cliplens' });
  const line = article.getByText('Working: 3 of 4 done, about 2 seconds left');
  await line.waitFor();
  // Where screen readers listen, but not every few seconds.
  expect(await line.getAttribute('aria-live')).toBe('off');
  open();
  await article.getByText('there it is').waitFor();
  expect(await article.count()).toBe(1);
  expect(await page.getByText('Working').count()).toBe(0);
});

test('an answer that breaks off is told as one that never came', async () => {
  const page = await stage.open();
  stage.web.handler = async (_, { tell }) => {
    await tell?.('Working: 3 of 4 done', 'public');
    throw new Error('broken off');
  };
  await send(page, '/help');
  await page.getByText('Cliplens does not answer.').waitFor();
});

test('an image opens large, closes with Escape and downloads under its name', async () => {
  const page = await stage.open();
  await send(page, '/help');
  await page.getByRole('button', { name: 'Open large: A wide picture with bars' }).click();
  const dialog = page.getByRole('dialog', { name: 'Image' });
  await dialog.getByRole('img', { name: 'A wide picture with bars' }).waitFor();
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('a picture.png');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.getByRole('link', { name: 'Download: a picture.png' }).isVisible()).toBe(true);
});

test('a file stands below with what is in it, and downloads under its name', async () => {
  const page = await stage.open();
  await send(page, '/help');
  await page.getByText('Every figure as CSV').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'scores 표.csv' }).click();
  expect((await download).suggestedFilename()).toBe('scores 표.csv');
  expect(await readFile(await (await download).path(), 'utf8')).toBe('cat,90');
});

test('a button asks again with the same images, or without them', async () => {
  const page = await stage.open();
  await send(page, 'cat, dog', 'wide.png');
  await page.getByRole('button', { name: 'Try plain' }).click();
  await page.getByText('"template":"plain"} with 1 images').waitFor();
  await page.getByText('/classify labels:"cat, dog" template:plain').waitFor();
  await page.getByRole('button', { name: 'Show labels' }).last().click();
  await page.getByText('labels {} with 0 images').waitFor();
  expect(stage.web.requests).toMatchObject([
    { command: 'classify', options: { labels: 'cat, dog' }, images: [{ name: 'wide.png' }] },
    { command: 'classify', options: { labels: 'cat, dog', template: 'plain' }, images: [{ name: 'wide.png' }] },
    { command: 'labels', subcommand: 'show', options: {}, images: [] },
  ]);
});

test('a choice asks again with the value chosen, as often as one likes', async () => {
  const page = await stage.open();
  await send(page, 'cat, dog', 'wide.png');
  const choice = page.getByRole('combobox', { name: 'Another template' });
  await choice.selectOption('clip-7');
  await page.getByText('"template":"clip-7"} with 1 images').waitFor();
  await choice.first().selectOption('clip-7');
  await page.getByText('"template":"clip-7"} with 1 images').nth(1).waitFor();
});

test('a button that asks puts its line where it can be changed, with the images', async () => {
  const page = await stage.open();
  await send(page, 'cat, dog', 'wide.png');
  await page.getByRole('button', { name: 'Other labels…' }).click();
  const line = page.locator('#line');
  expect(await line.inputValue()).toBe('/classify labels:"cat, dog"');
  await line.fill('/classify labels:"fox, dog"');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('{"labels":"fox, dog"} with 1 images').waitFor();
});

test('an error is told in the words of the core', async () => {
  const page = await stage.open();
  stage.web.handler = () => ({ kind: 'error', code: 'image-missing', message: 'There is no image. Add one.' });
  await send(page, '/classify cat, dog');
  await page.getByRole('log').getByText('There is no image. Add one.').waitFor();
});

test('a server that is gone is told in plain words', async () => {
  const page = await stage.open();
  await page.route('**/api/commands', (route) => route.abort());
  await send(page, '/help');
  await page.getByText('Cliplens does not answer.').waitFor();
});

test('while it works it says so, where screen readers listen', async () => {
  const page = await stage.open();
  const gate = new PassThrough();
  stage.web.handler = async () => {
    await once(gate, 'data');
    return answer(reply('done'));
  };
  await send(page, '/help');
  const log = page.getByRole('log');
  await log.getByText('Looking at it…').waitFor();
  gate.write('go');
  await log.getByText('done').waitFor();
  expect(await log.getByText('Looking at it…').count()).toBe(0);
});

test('the progress of the model, then that it is ready', async () => {
  stage.web.status = { state: 'loading', download: { file: 'a', bytes: 12.4e6, total: 50e6, secondsLeft: 20 } };
  const page = await stage.open();
  await page.getByText('Loading the model: 12.4 / 50.0 MB (24 %), 20 seconds left').waitFor();
  expect(await page.getByRole('progressbar', { name: 'Loading the model' }).getAttribute('value')).toBe('0.248');
  stage.web.status = { state: 'ready' };
  await page.getByText('Loading the model').waitFor({ state: 'hidden' });
});

test('a model that cannot be loaded, and what to do', async () => {
  stage.web.status = { state: 'failed', model: 'none/such', problem: { kind: 'hub-busy', host: 'hub.example' } };
  const page = await stage.open();
  const alert = page.getByRole('alert');
  await alert.getByText('The model "none/such" cannot be used: hub.example gets too many requests').waitFor();
  expect(await alert.textContent()).toContain('start Cliplens again');
});

test('a reload is empty', async () => {
  const page = await stage.open();
  await send(page, '/help');
  await page.getByRole('article').nth(1).waitFor();
  await page.reload();
  expect(await page.getByRole('article').count()).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage).length)).toBe(0);
});
