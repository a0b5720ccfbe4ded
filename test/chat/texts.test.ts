import { describe, expect, it } from 'vitest';
import { operatorDescriptions as descriptions } from '../../commands/index.ts';
import { PRESETS } from '../../src/chat/presets.ts';
import * as en from '../../src/chat/texts/en.ts';
import * as ko from '../../src/chat/texts/ko.ts';
import type { ModelProblem } from '../../src/errors.ts';

const host = 'hub.example';
const path = 'onnx/text_model.onnx';
const folder = '/models';

/** One of each kind: the types ask for all. */
const PROBLEMS: { readonly [K in ModelProblem['kind']]: ModelProblem & { kind: K } } = {
  'no-name': { kind: 'no-name' },
  'no-folder': { kind: 'no-folder', folder },
  'no-such-model': { kind: 'no-such-model', host, nearest: 'owner/near' },
  private: { kind: 'private', host, nearest: 'owner/near', hasToken: false },
  gated: { kind: 'gated', host, hasToken: true },
  'no-clip': { kind: 'no-clip' },
  'detector-only': { kind: 'detector-only' },
  'no-detector': { kind: 'no-detector' },
  owlv2: { kind: 'owlv2' },
  'text-only': { kind: 'text-only' },
  'vision-only': { kind: 'vision-only' },
  'file-missing': { kind: 'file-missing', path },
  'file-wrong': { kind: 'file-wrong', path },
  'variant-missing': { kind: 'variant-missing', path, there: ['fp32', 'q8'] },
  contradiction: { kind: 'contradiction', paths: ['config.json', path] },
  'not-loadable': { kind: 'not-loadable', reason: 'protobuf' },
  'file-changes': { kind: 'file-changes', path },
  'size-unknown': { kind: 'size-unknown', path },
  'wrong-bytes': { kind: 'wrong-bytes', path, host, are: 'fewer' },
  unreachable: { kind: 'unreachable', host },
  stalled: { kind: 'stalled', host },
  'hub-busy': { kind: 'hub-busy', host },
  'hub-fails': { kind: 'hub-fails', host, status: 503 },
  'hub-refuses': { kind: 'hub-refuses', host, status: 418 },
  offline: { kind: 'offline' },
  'not-fetched': { kind: 'not-fetched', id: 'owner/name', dtype: 'q8' },
  'too-large': { kind: 'too-large', megabytes: 1742, limit: 1000 },
  'disk-full': { kind: 'disk-full', folder },
  'no-space': { kind: 'no-space', folder, megabytes: 605, free: 120 },
  'not-writable': { kind: 'not-writable', folder },
  'fetched-twice': { kind: 'fetched-twice', path },
};

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

  it('tell every problem of a model in a sentence of each language, with its figures', () => {
    for (const [kind, problem] of Object.entries(PROBLEMS)) {
      expect(problem.kind).toBe(kind);
      const [english, korean] = [en.modelProblem(problem), ko.modelProblem(problem)];
      expect(korean).toMatch(HANGUL);
      expect(english).not.toMatch(HANGUL);
      const { kind: _, ...figures } = problem;
      for (const figure of Object.values(figures)
        .filter((value) => typeof value !== 'boolean')
        .flat()) {
        if (['fewer', 'more', 'other'].includes(String(figure))) continue;
        expect([english, korean]).toEqual([
          expect.stringContaining(String(figure)),
          expect.stringContaining(String(figure)),
        ]);
      }
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
