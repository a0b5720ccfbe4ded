import { describe, expect, it } from 'vitest';
import { descriptions } from '../../commands/index.ts';
import { parseLine, parseMessage, writeLine } from '../../src/chat/line.ts';

const parse = (line: string) => parseLine(line, descriptions);

describe('parseLine', () => {
  it('gives free text to the main option', () => {
    expect(parse('/classify cat, dog')).toEqual({ command: 'classify', options: { labels: 'cat, dog' } });
    expect(parse('  labels set cat, dog ')).toEqual({
      command: 'labels',
      subcommand: 'set',
      options: { labels: 'cat, dog' },
    });
  });

  it('reads options in both ways of writing, in any place', () => {
    const expected = { command: 'classify', options: { labels: 'cat, dog', template: 'clip-7', top: '3' } };
    expect(parse('/classify cat, dog template:clip-7 top: 3')).toEqual(expected);
    expect(parse('/classify --template clip-7 cat, dog --top=3')).toEqual(expected);
  });

  it('reads quoted values, curly quotes too', () => {
    expect(parse('/classify cat template:"a sketch of a {label}"').options).toEqual({
      labels: 'cat',
      template: 'a sketch of a {label}',
    });
    expect(parse('/classify cat template:“a sketch of a {label}”').options.template).toBe('a sketch of a {label}');
  });

  it('gives what follows the first word to the option that may stand there', () => {
    const schedule = (line: string) => parse(`/biasaudit schedule ${line}`).options;
    expect(schedule('control weekly')).toEqual({ pack: 'control', every: 'weekly' });
    expect(schedule('control 30 8 * * 5 zone:Asia/Seoul')).toEqual({
      ...{ pack: 'control', every: '30 8 * * 5', zone: 'Asia/Seoul' },
    });
    expect(schedule('control every:weekly')).toEqual({ pack: 'control', every: 'weekly' });
    expect(schedule('control')).toEqual({ pack: 'control' });
    expect(schedule('')).toEqual({});
    expect(schedule('control weekly every:daily')).toEqual({ pack: 'control weekly', every: 'daily' });
    expect(schedule('weekly pack:control')).toEqual({ pack: 'control' });
  });

  it('leaves a colon alone where there is no such option', () => {
    expect(parse('/classify time: noon, time: night').options).toEqual({ labels: 'time: noon, time: night' });
  });

  it('hands unknown options and commands on, for dispatch to refuse', () => {
    expect(parse('/classify cat --colour red').options).toEqual({ labels: 'cat', colour: 'red' });
    expect(parse('/nonsense x')).toEqual({ command: 'nonsense', options: {} });
    expect(parse('')).toEqual({ command: '', options: {} });
  });

  it('ignores the case of commands', () => {
    expect(parse('/Labels SHOW')).toEqual({ command: 'labels', subcommand: 'show', options: {} });
  });
});

it.each([
  { labels: 'cat, dog', template: 'a sketch of a {label}' },
  { labels: 'cat' },
  { labels: '', template: 'plain' },
  { labels: '12" pizza, "cat" top:9', template: '{label}"' },
  { labels: 'cat\ndog', template: 'back\\slash {label}' },
])('a line that is written for %o is read as the same', (options) => {
  const line = { command: 'labels', subcommand: 'set', options };
  expect(parse(writeLine(line))).toEqual(line);
});

describe('what is written to the bot', () => {
  it.each([
    ['cat, dog', { command: 'classify', options: { labels: 'cat, dog' } }],
    ['', { command: 'classify', options: {} }],
    ['  classify cat, dog template:plain', { command: 'classify', options: { labels: 'cat, dog', template: 'plain' } }],
    ['/labels show', { command: 'labels', subcommand: 'show', options: {} }],
    ['HELP labels', { command: 'help', options: { command: 'labels' } }],
    ['/unicorn cat', { command: 'unicorn', options: {} }],
  ])('%s', (text, line) => {
    expect(parseMessage(text, descriptions)).toEqual(line);
  });
});
