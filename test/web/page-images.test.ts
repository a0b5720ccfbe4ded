import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fixture, useStage } from './browser.ts';

const stage = useStage();

function attachments(page: Page) {
  return page.getByRole('list', { name: 'Files to send' }).getByRole('img');
}

/** Drags files over the page and lets them go, as from a file manager. */
async function drop(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 50, y: 300, data });
  }
  await page.getByText('Drop images or a zip here').waitFor();
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 50, y: 300, data });
}

test('images dropped anywhere are attached and sent with the labels', async () => {
  const page = await stage.open();
  await drop(page, [fixture('wide.png'), fixture('grey.jpg')]);
  await attachments(page).nth(1).waitFor();
  expect(await page.getByText('Drop images or a zip here').isVisible()).toBe(false);
  await page.keyboard.type('cat, dog');
  await page.keyboard.press('Enter');
  await page.getByText('with 2 images').waitFor();
  expect(stage.web.requests).toMatchObject([
    { command: 'classify', options: { labels: 'cat, dog' }, images: [{ name: 'wide.png' }, { name: 'grey.jpg' }] },
  ]);
  expect(await attachments(page).count()).toBe(0);
});

test('a folder is not taken, and the page says what to do with it', async () => {
  const page = await stage.open();
  await drop(page, [fixture('')]);
  await page.getByText('Zip it first').waitFor();
  expect(await attachments(page).count()).toBe(0);
  await page.keyboard.type('/labels show');
  await page.getByText('Zip it first').waitFor({ state: 'detached' });
});

test('an image on the clipboard is pasted', async () => {
  const page = await stage.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
  });
  await page.keyboard.press('Control+v');
  await attachments(page).waitFor();
  await page.keyboard.type('/classify cat, dog');
  await page.keyboard.press('Enter');
  await page.getByText('with 1 images').waitFor();
  expect(stage.web.requests[0]?.images).toMatchObject([{ mediaType: 'image/png' }]);
});

test('pasted text stays text', async () => {
  const page = await stage.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.evaluate(() => navigator.clipboard.writeText('cat, dog'));
  await page.keyboard.press('Control+v');
  const line = page.getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ });
  await expect.poll(() => line.inputValue()).toBe('cat, dog');
  expect(await attachments(page).count()).toBe(0);
});

test('chosen images can be taken away again, with the keyboard too', async () => {
  const page = await stage.open();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add images or a zip' }).click();
  await (await chooser).setFiles(['wide.png', 'grey.jpg', 'tiny.png'].map(fixture));
  await page.getByRole('button', { name: 'Remove grey.jpg' }).click();
  expect(await attachments(page).evaluateAll((images) => images.map((image) => image.getAttribute('alt')))).toEqual([
    'wide.png',
    'tiny.png',
  ]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  expect(await attachments(page).count()).toBe(0);
  expect(
    await page
      .getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ })
      .evaluate((line) => line === document.activeElement),
  ).toBe(true);
});

test('a sample is fetched and classified with a click', async () => {
  const page = await stage.open();
  await page.getByRole('list', { name: 'Try one of these' }).getByRole('button').first().click();
  await page.getByText('with 1 images').waitFor();
  const [request] = stage.web.requests;
  const [sample] = await (await fetch(`${stage.web.address}/samples/samples.json`)).json();
  const sent = await (await fetch(`${stage.web.address}/samples/${sample.file}`)).arrayBuffer();
  expect(request).toMatchObject({ command: 'classify', options: { labels: sample.labels.en.join(', ') } });
  expect(await request?.images[0]?.fetch()).toEqual(new Uint8Array(sent));
});

test('images that were sent can be used again', async () => {
  const page = await stage.open();
  await drop(page, [fixture('wide.png')]);
  await attachments(page).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Use again' }).click();
  await page.keyboard.type('/classify sun, moon');
  await page.keyboard.press('Enter');
  await page.getByText('sun, moon"} with 1 images').waitFor();
  expect(stage.web.requests).toMatchObject([
    { command: 'classify', options: {}, images: [{ name: 'wide.png' }] },
    { command: 'classify', options: { labels: 'sun, moon' }, images: [{ name: 'wide.png' }] },
  ]);
});

test('a zip is attached by its name and sent as one', async () => {
  const page = await stage.open();
  await page.locator('#files').setInputFiles([
    { name: '사진.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') },
    { name: 'cat.png', mimeType: 'image/png', buffer: await readFile(fixture('tiny.png')) },
  ]);
  await page.getByRole('list', { name: 'Files to send' }).getByText('사진.zip').waitFor();
  expect(await attachments(page).count()).toBe(1);
  await page.keyboard.type('/help');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('with 1 images').waitFor();
  expect(await page.getByRole('log').getByText('사진.zip').isVisible()).toBe(true);
  expect(stage.web.requests).toMatchObject([{ images: [{ name: 'cat.png' }], archives: [{ name: '사진.zip' }] }]);
  expect(await stage.web.requests[0]?.archives[0]?.fetch()).toEqual(new Uint8Array(Buffer.from('PK')));
});

test('images too large together are refused in plain words before they are sent', async () => {
  const page = await stage.open();
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    const bytes = new Uint8Array(90e6);
    for (const name of ['a.png', 'b.png', 'c.png']) transfer.items.add(new File([bytes], name, { type: 'image/png' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
  });
  await page.keyboard.press('Enter');
  await page.getByText('Send less than 251 MB at once').waitFor();
  expect(stage.web.requests).toEqual([]);
});
