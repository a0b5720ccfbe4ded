import { describe, expect, it } from 'vitest';
import { paginate } from '../../src/chat/pages.ts';

describe('pages of a long text', () => {
  it('are one where all fits, none where there is nothing', () => {
    expect(paginate('a\nb\n\nc', 6)).toEqual(['a\nb\n\nc']);
    expect(paginate('\n \n', 6)).toEqual([]);
  });

  it('turn between lines, then between words, then within a word', () => {
    expect(paginate('one\ntwo\nthree', 8)).toEqual(['one\ntwo', 'three']);
    expect(paginate('one two three', 8)).toEqual(['one two', 'three']);
    expect(paginate('abcdefghijk', 4)).toEqual(['abcd', 'efgh', 'ijk']);
    expect(paginate('x\nabcd efgh', 6)).toEqual(['x', 'abcd', 'efgh']);
  });

  it('never part what belongs together', () => {
    expect(paginate('abc\\*d', 4)).toEqual(['abc', '\\*d']);
    expect(paginate('ab&lt;cd', 5)).toEqual(['ab', '&lt;c', 'd']);
    expect(paginate('가나🐶다', 3)).toEqual(['가나', '🐶다']);
  });

  it('lose nothing of a text of any shape', () => {
    const text = Array.from({ length: 300 }, (_, i) => `${'ㅁ'.repeat(i % 37)} ${i}${i % 5 ? ' ' : '\n'}`).join('');
    for (const limit of [10, 50, 1900]) {
      const pages = paginate(text, limit);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
      expect(pages.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });
});
