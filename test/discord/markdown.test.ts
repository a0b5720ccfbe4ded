import { describe, expect, it } from 'vitest';
import { cover, escapeMarkdown } from '../../adapters/discord/markdown.ts';
import { paginate } from '../../src/chat/pages.ts';
import { readMarkdown } from './markdown-reader.ts';

describe('what people type is shown as they typed it', () => {
  it.each([
    ...['# a', '### a', '-# a', '- a', '* a', '+ a', '12. a', '  - a', 'a\n# b\n1. c', '#\ta', '- # a', '- - a'],
    ...[
      '> a',
      '>>> a',
      '||a||',
      '||a ||b|| c||',
      '`a`',
      '```js\na\n```',
      '~~a~~',
      '__a__',
      '***a***',
      'a\\',
      '\\*a\\*',
    ],
    ...['[a](https://evil.example)', '<https://evil.example>', 'https://evil.example', '<mailto:a@b.example>'],
    ...['<@1>', '<@&1>', '<#1>', '</x:1>', '<id:guide>', '@here', '<t:1:R>', '<:a:1>', '<a:b:1>'],
    ...[
      ':x:',
      'a:heart:b',
      ':+1::skin-tone-2:',
      ':flag_kr:',
      'discord.gg/a',
      'Discord.com/invite/a',
      'discordapp.com/invite/a',
    ],
  ])('%s', (typed) => {
    expect(readMarkdown(escapeMarkdown(typed))).toEqual({ text: typed, active: [], isCovered: false });
  });

  it.each(['a-b, c+d', 'C#', '1.5 %', 'cat.jpg: cat 90 %', 'http: a', 'dis.cord'])(
    '%s, which means nothing, is left as it is',
    (typed) => {
      expect(escapeMarkdown(typed)).toBe(typed);
    },
  );

  it.each(['# a', '- a', '-# a', '1. a'])('%s is, at the beginning of a later page', (typed) => {
    const pages = paginate(escapeMarkdown(`${'x'.repeat(40)} ${typed}`), 41);
    expect(pages.slice(1).map(readMarkdown)).toEqual([{ text: typed, active: [], isCovered: false }]);
  });

  it.each(['a', '||a||', 'a|', '|', 'a\\', 'a |\n# b|'])('%s is covered to its end', (typed) => {
    // As Discord's clients read it: up to the first two bars.
    const [all, inside = ''] = /^\|\|([\s\S]+?)\|\|/.exec(cover(escapeMarkdown(typed))) ?? [];
    expect(all).toBe(cover(escapeMarkdown(typed)));
    expect(readMarkdown(inside).text.trim()).toBe(typed);
  });
});
