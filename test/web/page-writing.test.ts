import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { closedGate } from '../gate.ts';
import { fixture, useStage } from './browser.ts';

const stage = useStage();

function line(page: Page) {
  return page.getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ });
}

/** The suggestions shown, and which is active as a screen reader is told. */
async function suggestions(page: Page): Promise<{ shown: string[]; active: string | undefined }> {
  const shown = await page.locator('[role=option] .option-label').allTextContents();
  const id = await line(page).getAttribute('aria-activedescendant');
  const active = id === null ? undefined : ((await page.locator(`#${id} .option-label`).textContent()) ?? undefined);
  return { shown, active };
}

test('a command is completed with the keyboard alone, step by step', async () => {
  const page = await stage.open();
  await page.keyboard.type('/');
  expect(await suggestions(page)).toEqual({ shown: ['/classify', '/labels', '/help'], active: '/classify' });
  expect(await line(page).getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('ArrowDown');
  expect((await suggestions(page)).active).toBe('/labels');
  await page.keyboard.press('Enter');
  expect(await suggestions(page)).toEqual({ shown: ['set', 'show', 'preset'], active: 'set' });
  await page.keyboard.press('Tab');
  await page.keyboard.type('cat, dog te');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ph');
  await page.keyboard.press('Enter');
  expect(await line(page).inputValue()).toBe('/labels set cat, dog template:photo ');
  await page.keyboard.press('Enter');
  await page.getByText('labels {').waitFor();
  expect(stage.web.requests).toMatchObject([
    { command: 'labels', subcommand: 'set', options: { labels: 'cat, dog', template: 'photo' } },
  ]);
});

test('commands that come only now are offered to who began to write', async () => {
  const page = await stage.open();
  const late = closedGate();
  await page.route('**/api/commands', (route) => late.opened.then(() => route.continue()));
  await page.reload();
  await page.keyboard.type('/cl');
  expect(await suggestions(page)).toEqual({ shown: [], active: undefined });
  expect(await page.getByRole('button', { name: 'Show commands' }).isDisabled()).toBe(true);
  late.open();
  await page.getByRole('option', { name: '/classify' }).waitFor();
  expect((await suggestions(page)).active).toBe('/classify');
  expect(await page.getByRole('button', { name: 'Show commands' }).isEnabled()).toBe(true);
});

test('suggestions go round, close with Escape and take a click', async () => {
  const page = await stage.open();
  await page.keyboard.type('/');
  await page.keyboard.press('ArrowUp');
  expect((await suggestions(page)).active).toBe('/help');
  await page.keyboard.press('Escape');
  expect((await suggestions(page)).shown).toEqual([]);
  expect(await line(page).getAttribute('aria-expanded')).toBe('false');
  await line(page).fill('');
  await page.getByRole('button', { name: 'Show commands' }).click();
  await page.getByRole('option', { name: '/classify' }).click();
  expect(await line(page).inputValue()).toBe('/classify ');
  expect((await suggestions(page)).shown).toEqual(['labels:', 'template:', 'top:']);
});

test('labels that begin like an option are sent with Enter', async () => {
  const page = await stage.open();
  await page.keyboard.type('/classify cat, t');
  expect((await suggestions(page)).shown).toEqual(['template:', 'top:']);
  await page.keyboard.press('Enter');
  await page.getByText('classify {').waitFor();
  expect(stage.web.requests[0]?.options).toEqual({ labels: 'cat, t' });
});

test('Shift+Enter makes a new line, Enter while composing a syllable sends nothing', async () => {
  const page = await stage.open();
  await page.keyboard.type('/classify cat,');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('dog');
  await line(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  expect(stage.web.requests).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('classify {').waitFor();
  expect(stage.web.requests[0]?.options.labels).toMatch(/^cat,\r?\ndog$/);
});

test('the arrow up brings back what was sent, with its images, and down what was being written', async () => {
  const page = await stage.open();
  await page.locator('#files').setInputFiles(fixture('wide.png'));
  await page.keyboard.type('/classify cat, dog');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/help');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  expect(await line(page).inputValue()).toBe('/help');
  await page.keyboard.press('ArrowUp');
  expect(await line(page).inputValue()).toBe('/classify cat, dog');
  expect(await page.getByRole('button', { name: 'Remove wide.png' }).count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await line(page).inputValue()).toBe('');
  expect(await page.getByRole('button', { name: 'Remove wide.png' }).count()).toBe(0);
});

test('what is being written is not lost to the arrow up', async () => {
  const page = await stage.open();
  await page.keyboard.type('/help');
  await page.keyboard.press('Enter');
  await page.keyboard.type('cat');
  await page.keyboard.press('ArrowUp');
  expect(await line(page).inputValue()).toBe('cat');
});

test('nothing is sent where nothing is written', async () => {
  const page = await stage.open();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await page.getByRole('article').count()).toBe(0);
});
