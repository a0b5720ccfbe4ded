import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../app.ts';
import { descriptions } from '../../commands/index.ts';
import { readConfig } from '../../src/config.ts';
import { startHarness } from './harness.ts';
import type { View } from './stand-in/view.ts';

it('the home tab shows labels, presets, language, model and what is stored, and changes the labels', async () => {
  const log = pino({ level: 'silent' });
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'cliplens-home-'));
  const { dispatch, complete, services } = await createApp(readConfig({ DATA_DIR }), log);
  const parts = {
    commands: descriptions,
    dispatch,
    complete,
    followUps: services.followUps,
    log,
    stopMilliseconds: 120_000,
  };
  const harness = await startHarness(parts, 'socket');
  onTestFinished(async () => {
    await harness.close();
    await services.close();
  });
  const { slack, follow } = harness;
  const { member, korean } = slack.people;

  const home = await slack.openHome(member).opened();
  const english = textOf(home);
  for (const part of [
    '@Cliplens',
    'no labels',
    'animals (Animals): dog, cat',
    'English or Korean',
    'Model: demo',
    'Stored:',
  ]) {
    expect(english).toContain(part);
  }
  const form = await slack.press(home, 'Change them…', member).opened();
  const changed = await follow(slack.submit(form, { labels: 'fox, owl' })).answer();
  expect(changed).toMatchObject({ text: expect.stringContaining('fox, owl'), isPrivate: true });
  expect(textOf(await slack.openHome(member).opened())).toContain('fox, owl');

  const theirs = textOf(await slack.openHome(korean).opened());
  for (const part of ['라벨이 없습니다', 'animals (동물): 강아지', '모델: demo', '저장하는 것']) {
    expect(theirs).toContain(part);
  }
  expect([...slack.violations]).toEqual([]);
});

function textOf({ content }: View): string {
  return JSON.stringify(content.blocks);
}
