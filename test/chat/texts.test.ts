import { describe, expect, it } from 'vitest';
import { descriptions } from '../../commands/index.ts';
import { PRESETS } from '../../src/chat/presets.ts';
import * as en from '../../src/chat/texts/en.ts';
import * as ko from '../../src/chat/texts/ko.ts';

const HANGUL = /\p{Script=Hangul}/u;

describe('texts', () => {
  it('have Korean wherever they have English', () => {
    expect(Object.keys(ko.errors)).toEqual(Object.keys(en.errors));
    const actions = descriptions.flatMap((command) => [
      ...Object.values(command.subcommands),
      ...(command.action ? [command.action] : []),
    ]);
    const localised = [...descriptions, ...actions, ...actions.flatMap((action) => action.options)].map(
      ({ description }) => description,
    );
    expect(localised.length).toBeGreaterThan(20);
    for (const { en, ko } of localised) {
      expect(ko).toMatch(HANGUL);
      expect(en).not.toMatch(HANGUL);
    }
  });

  it('keep within what Discord and Slack take for names and descriptions', () => {
    for (const { name, korean, description } of descriptions) {
      expect(name).toMatch(/^[a-z]{1,32}$/);
      expect(korean.length).toBeLessThanOrEqual(32);
      expect(description.en.length).toBeLessThanOrEqual(100);
      expect(description.ko.length).toBeLessThanOrEqual(100);
    }
  });

  it('give every preset as many Korean labels as English ones, all different', () => {
    for (const { labels } of Object.values(PRESETS)) {
      expect(labels.ko.length).toBe(labels.en.length);
      expect(new Set(labels.en).size).toBe(labels.en.length);
      expect(new Set(labels.ko).size).toBe(labels.ko.length);
    }
  });
});
