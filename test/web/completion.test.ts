import { expect, test } from 'vitest';
import { type Completion, complete } from '../../adapters/web/page/completion.ts';
import { pageDescriptions } from '../../commands/index.ts';
import { commands } from './fake.ts';

function completed(text: string): Completion {
  const completion = complete(text, commands, 'en');
  if (!completion) throw new Error(`nothing follows ${text}`);
  return completion;
}

/** What the line becomes with each suggestion. */
function lines(text: string): string[] {
  const { from, suggestions } = completed(text);
  return suggestions.map(({ insert }) => text.slice(0, from) + insert);
}

test.each([
  ['/', ['/classify ', '/labels ', '/help ']],
  ['/cl', ['/classify ']],
  ['/CL', ['/classify ']],
  ['/분', ['/classify ']],
  ['/nothing', []],
  ['/labels ', ['/labels set ', '/labels show ', '/labels preset ']],
  ['/labels s', ['/labels set ', '/labels show ']],
  ['/labels set cat, dog te', ['/labels set cat, dog template:']],
  ['/labels preset ', ['/labels preset animals ', '/labels preset food ', '/labels preset name:']],
  ['/labels preset fo', ['/labels preset food ']],
  ['/classify ', ['/classify labels:', '/classify template:', '/classify top:']],
  ['/classify cat, dog ', ['/classify cat, dog template:', '/classify cat, dog top:']],
  ['/classify cat template:', ['plain', 'photo', 'clip-7'].map((name) => `/classify cat template:${name} `)],
  ['/classify cat template:PL', ['/classify cat template:plain ']],
  ['/classify template:plain ', ['/classify template:plain labels:', '/classify template:plain top:']],
  ['/classify cat, time', []],
])('%s', (text, expected) => {
  expect(lines(text)).toEqual(expected);
});

test.each(['', 'cat, dog', 'a/b', '/nothing more', '/labels nothing more'])('nothing follows "%s"', (text) => {
  expect(complete(text, commands, 'en')).toBeUndefined();
});

test.each([
  ['/cl', true],
  ['/classify', false],
  ['/labels', true],
  ['/labels se', true],
  ['/labels set', false],
  ['/labels preset an', true],
  ['/labels preset animals', false],
  ['/classify t', false],
  ['/classify template:', false],
  ['/classify template:pl', true],
  ['/classify template:plain', false],
])('Enter takes the suggestion for "%s": %s', (text, eager) => {
  expect(completed(text).eager).toBe(eager);
});

test('what is of no use without a zip is told from the rest', () => {
  const needsZip = (text: string) => complete(text, pageDescriptions, 'en')?.needsZip;
  for (const text of ['/evaluate', '/evaluate ', '/biasaudit own', '/biasaudit own a/b check:']) {
    expect(needsZip(text)).toBe(true);
  }
  for (const text of ['/biasaudit', '/biasaudit run', '/classify cat']) expect(needsZip(text)).toBe(false);
});

test('the hint says what belongs here, in the language asked for', () => {
  expect(completed('/classify ').hint).toBe('labels: the labels');
  expect(completed('/classify cat top:').hint).toBe('top: the top');
  expect(complete('/classify cat top:', commands, 'ko')?.hint).toBe('top: top 옵션');
});
