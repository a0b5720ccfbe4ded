import { z } from 'zod';
import { action, type Command, type Completer, type Subcommand } from '../src/chat/command.ts';
import { distinct, keyOf, parseLabels } from '../src/chat/labels.ts';
import type { Locale, Localised } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { isPresetName, PRESET_NAMES, PRESETS } from '../src/chat/presets.ts';
import { type Button, type Reply, reply } from '../src/chat/reply.ts';
import type { Request } from '../src/chat/request.ts';
import { DEFAULT_TEMPLATE, templatesOf } from '../src/clip/prompts.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';
import type { LabelSet } from '../src/store/label-sets.ts';
import { completeLabels, completeOwnLabels } from './label-completion.ts';
import { labelsTexts } from './labels.texts.ts';
import { chooseModel, completeModel } from './model-option.ts';
import { templateOption } from './template-option.ts';

const EMPTY: LabelSet = { labels: [], template: DEFAULT_TEMPLATE, preset: null };

const labelsOption = option(
  z.string(),
  { korean: '라벨', en: 'Labels with commas between them', ko: '쉼표로 나눈 라벨' },
  { main: true },
);

const presetOption = option(
  z.string(),
  { korean: '이름', en: 'Which set', ko: '어느 묶음' },
  { main: true, suggestions: PRESET_NAMES },
);

const modelOptions = z.object({
  name: option(
    z.string().optional(),
    { korean: '이름', en: 'Which model; without one, the default again', ko: '어느 모델. 비우면 다시 기본 모델' },
    { main: true },
  ),
});

type Change<Options> = (
  set: LabelSet,
  options: Options,
  request: Request<Options>,
  services: Services,
) => LabelSet | Promise<LabelSet>;

interface ChangingSpec<O extends z.ZodObject> {
  korean: string;
  description: Localised;
  options: O;
  completers?: Readonly<Record<string, Completer<Services>>>;
  change: Change<z.output<O>>;
}

/** A subcommand that changes the channel's labels, and answers with what they are now. */
function changing<O extends z.ZodObject>({ korean, change, ...spec }: ChangingSpec<O>): Subcommand<Services> {
  const changed = action<Services, O>({
    ...spec,
    images: { min: 0, max: 0 },
    policy: { who: 'manager', visibility: 'public' },
    async execute(request, services) {
      const before = (await services.labelSets.current(request.channel)) ?? EMPTY;
      const after = await change(before, request.options, request, services);
      await services.labelSets.change(request.channel, after);
      return show(after, request.locale);
    },
  });
  return { korean, ...changed };
}

export const labels: Command<Services> = {
  kind: 'group',
  name: 'labels',
  korean: '라벨',
  offeredTo: 'manager',
  description: { en: 'The labels that this channel compares images with', ko: '이 채널에서 이미지와 비교할 라벨' },
  subcommands: {
    set: changing({
      korean: '정하기',
      description: { en: 'Replace the labels', ko: '라벨을 새로 정하기' },
      options: z.object({ labels: labelsOption, template: templateOption }),
      completers: { labels: completeLabels },
      change: (set, { labels, template }) => ({
        labels: some(parseLabels(labels)),
        template: checked(template) ?? set.template,
        preset: null,
      }),
    }),
    add: changing({
      korean: '더하기',
      description: { en: 'Add labels', ko: '라벨 더하기' },
      options: z.object({ labels: labelsOption }),
      completers: { labels: completeLabels },
      change: (set, { labels }) => ({
        ...set,
        labels: distinct([...set.labels, ...some(parseLabels(labels))]),
        preset: null,
      }),
    }),
    remove: changing({
      korean: '빼기',
      description: { en: 'Remove labels', ko: '라벨 빼기' },
      options: z.object({ labels: labelsOption }),
      completers: { labels: completeOwnLabels },
      change: (set, { labels }) => ({ ...set, labels: without(set.labels, some(parseLabels(labels))), preset: null }),
    }),
    show: {
      korean: '보기',
      ...action<Services, z.ZodObject>({
        description: { en: 'Show the labels', ko: '라벨 보기' },
        options: z.object({}),
        images: { min: 0, max: 0 },
        policy: { who: 'everyone', visibility: 'private' },
        execute: async ({ channel, locale }, { labelSets }) =>
          show((await labelSets.current(channel)) ?? EMPTY, locale),
      }),
    },
    clear: changing({
      korean: '지우기',
      description: { en: 'Remove all labels', ko: '라벨 모두 지우기' },
      options: z.object({}),
      change: () => EMPTY,
    }),
    undo: {
      korean: '되돌리기',
      ...action<Services, z.ZodObject>({
        description: { en: 'Take the last change back', ko: '마지막 변경 되돌리기' },
        options: z.object({}),
        images: { min: 0, max: 0 },
        policy: { who: 'manager', visibility: 'public' },
        async execute({ channel, locale }, { labelSets }) {
          if (!(await labelSets.undo(channel))) throw new UserError('nothing-to-undo', {});
          return show((await labelSets.current(channel)) ?? EMPTY, locale);
        },
      }),
    },
    preset: changing({
      korean: '묶음',
      description: { en: 'Use a ready-made set of labels', ko: '준비된 라벨 묶음 쓰기' },
      options: z.object({ name: presetOption }),
      async change(set, { name }, { channel, locale }, services) {
        const key = name.trim().toLowerCase();
        if (!isPresetName(key)) throw new UserError('preset-unknown', { name, presets: PRESET_NAMES.join(', ') });
        const model = await chooseModel(undefined, channel, services);
        const language = (await model.info()).languages.includes(locale) ? locale : 'en';
        return { labels: PRESETS[key].labels[language], template: set.template, preset: key };
      },
    }),
    model: {
      korean: '모델',
      ...action<Services, typeof modelOptions>({
        description: { en: 'Choose which model answers here', ko: '이 채널에서 답할 모델 고르기' },
        options: modelOptions,
        images: { min: 0, max: 0 },
        policy: { who: 'manager', visibility: 'public' },
        completers: { name: completeModel },
        async execute({ options: { name }, channel, locale }, { models, channelModels }) {
          const info = await (await models.choose(name)).info();
          await channelModels.change(channel, name);
          const { id, dtype, goodAt } = info;
          return reply(labelsTexts[locale].model(id, dtype, goodAt[locale]), { data: { model: { id, dtype } } });
        },
      }),
    },
  },
};

function show(set: LabelSet, locale: Locale): Reply {
  const { labels, template, preset } = set;
  const texts = labelsTexts[locale];
  const title = preset !== null && isPresetName(preset) ? PRESETS[preset].title[locale] : undefined;
  return reply(labels.length === 0 ? texts.none : texts.these(labels, template, title), {
    buttons: [typeAnew(labels, texts.typeAnew)],
    data: { labels, template, preset },
  });
}

function typeAnew(labels: readonly string[], label: string): Button {
  const options = { labels: labels.join(', ') };
  return { label, command: 'labels', subcommand: 'set', options, withImages: false, ask: ['labels'] };
}

function some(labels: string[]): string[] {
  if (labels.length === 0) throw new UserError('option-missing', { name: 'labels' });
  return labels;
}

function checked(template: string | undefined): string | undefined {
  if (template !== undefined) templatesOf(template);
  return template;
}

function without(labels: readonly string[], removed: readonly string[]): string[] {
  const keys = new Set(labels.map(keyOf));
  const missing = removed.find((label) => !keys.has(keyOf(label)));
  if (missing !== undefined) throw new UserError('label-unknown', { label: missing });
  const gone = new Set(removed.map(keyOf));
  return labels.filter((label) => !gone.has(keyOf(label)));
}
