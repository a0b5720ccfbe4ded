import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { parseLabels } from '../src/chat/labels.ts';
import type { Locale } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { type Choice, type ReplyImage, reply } from '../src/chat/reply.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import { DEFAULT_TEMPLATE } from '../src/clip/prompts.ts';
import { SALIENCY_METHODS, type SaliencyMap, type SaliencyMaps } from '../src/clip/saliency.ts';
import { drawSaliency } from '../src/draw/saliency.ts';
import { UserError } from '../src/errors.ts';
import { loadOnlyPicture } from '../src/image/load.ts';
import type { Picture } from '../src/image/picture.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { noteCut } from './cut-texts.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { noteCloser } from './look-closer.ts';
import { chooseModel, completeModel, modelOption } from './model-option.ts';
import { type Finding, saliencyTexts } from './saliency.texts.ts';
import { templateOption } from './template-option.ts';
import { warningOf } from './warned.ts';

/** More panels than this cannot be read on a phone. */
const MAX_TEXTS = 4;

/** An answer takes several runs of the model, so a person may not ask as often as for others. */
const PACE: Pace = { person: { uses: 4, seconds: 10 }, channel: { uses: 30, seconds: 10 } };

const options = z.object({
  text: option(
    z.string().optional(),
    {
      korean: '글',
      en: "What to look for, up to four with commas; else the best of the channel's labels",
      ko: '찾을 것. 쉼표로 네 개까지. 없으면 채널 라벨 중 가장 맞는 것',
    },
    { main: true },
  ),
  method: option(z.enum(SALIENCY_METHODS).optional(), {
    korean: '방법',
    en: 'How to look; dense if not given',
    ko: '보는 방법. 없으면 dense',
  }),
  against: option(z.string().optional(), {
    korean: '비교',
    en: 'Labels to compare with, which get no map of their own',
    ko: '견주기만 하고 따로 그리지 않을 라벨',
  }),
  template: templateOption,
  model: modelOption,
});

type Options = z.output<typeof options>;

export const saliency: Command<Services> = {
  kind: 'action',
  name: 'saliency',
  korean: '어디를',
  onMessage: { en: 'Why?', ko: '왜?' },
  action: action<Services, typeof options>({
    description: {
      en: 'See where in an image the model finds a text',
      ko: '모델이 글을 이미지의 어디에서 보는지 보기',
    },
    options,
    images: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { text: completeLabels, against: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const set = await services.labelSets.current(channel);
      const template = options.template ?? set?.template ?? DEFAULT_TEMPLATE;
      const given = options.text === undefined ? (set?.labels ?? []) : textsOf(options.text);
      if (given.length === 0) throw new UserError('texts-missing', {}, { remedy: { ask: 'text' } });

      const model = await chooseModel(options.model, channel, services);
      const picture = await loadOnlyPicture(images);
      const info = await model.info();
      const { texts, rest, image } =
        options.text === undefined ? await bestOf(given, model, picture, template) : { texts: given, rest: [] };
      const against = [...rest, ...parseLabels(options.against ?? '')].filter((label) => !texts.includes(label));
      const { similarities, ...maps } = await model.saliency(picture, {
        texts,
        against,
        template,
        method: options.method ?? 'dense',
        image,
      });
      const findings = texts.map((text, i) => finding(text, similarities[i] ?? 0, maps.maps[i], maps));
      const isAllFound = findings.every(({ peak }) => peak !== undefined);
      const about = [
        ...noteCloser(picture, isAllFound, locale),
        ...(await notes(texts, maps, model, template, info, locale)),
      ];
      return reply([saliencyTexts[locale].answer(picture.name, findings, info), ...about].join('\n'), {
        images: [await draw(picture, findings, maps, against, info, template, locale)],
        // Where the model cannot be explained, any other method would cover parts too.
        choices: maps.missing === undefined ? [otherMethods(texts, against, options, maps.method, locale)] : [],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          method: maps.method,
          grid: { ...maps.grid },
          maps: texts.map((text, i) => ({
            text,
            similarity: similarities[i] ?? 0,
            values: maps.maps[i]?.values ?? [],
            clear: maps.maps[i]?.isClear ?? false,
          })),
        },
      });
    },
  }),
};

function textsOf(list: string): string[] {
  const texts = parseLabels(list);
  if (texts.length > MAX_TEXTS) throw new UserError('too-many-texts', { limit: MAX_TEXTS, count: texts.length });
  return texts;
}

/** The best of some labels, the rest, and the vector of the picture. */
async function bestOf(
  labels: readonly string[],
  model: ClipModel,
  picture: Picture,
  template: string,
): Promise<{ texts: string[]; rest: string[]; image?: Float32Array }> {
  const { scores, vector } = await model.classify(picture, labels, template);
  const ranked = scores.map(({ label }) => label);
  return { texts: ranked.slice(0, 1), rest: ranked.slice(1), image: vector };
}

function finding(text: string, similarity: number, map: SaliencyMap | undefined, { grid }: SaliencyMaps): Finding {
  if (!map?.isClear) return { text, similarity, peak: undefined };
  const strongest = map.values.indexOf(Math.max(...map.values));
  const across = ((strongest % grid.columns) + 0.5) / grid.columns;
  return { text, similarity, peak: { across, down: (Math.floor(strongest / grid.columns) + 0.5) / grid.rows } };
}

/** What a reader should know before trusting the maps. */
async function notes(
  texts: readonly string[],
  { method, missing }: SaliencyMaps,
  model: ClipModel,
  template: string,
  info: ModelInfo,
  locale: Locale,
): Promise<string[]> {
  const words = saliencyTexts[locale];
  return [
    missing === undefined ? words.about[method] : words.notExplainable(missing),
    ...(await noteCut(texts, template, model, locale)),
    ...cautions(texts, info, locale),
  ];
}

async function draw(
  picture: Picture,
  findings: readonly Finding[],
  { method, grid, maps }: SaliencyMaps,
  against: readonly string[],
  info: ModelInfo,
  template: string,
  locale: Locale,
): Promise<ReplyImage> {
  const texts = saliencyTexts[locale];
  const drawing = await drawSaliency({
    picture,
    panels: findings.map((finding, i) => ({
      title: finding.text,
      caption: texts.caption(finding),
      map: finding.peak && { ...grid, values: maps[i]?.values ?? [] },
    })),
    strongest: Math.max(0, ...maps.filter(({ isClear }) => isClear).flatMap(({ values }) => values)),
    scale: texts.scale,
    footer: [...texts.footer({ method, grid }, against, info, template), ...warningOf(info, locale)],
  });
  return {
    name: fileName(picture.name, 'saliency', drawing),
    mediaType: drawing.mediaType,
    bytes: drawing.bytes,
    alt: texts.alt(picture.name, findings, method, info),
  };
}

function otherMethods(
  texts: readonly string[],
  against: readonly string[],
  { template, model }: Options,
  method: (typeof SALIENCY_METHODS)[number],
  locale: Locale,
): Choice {
  return {
    label: saliencyTexts[locale].otherMethod,
    command: 'saliency',
    options: {
      text: texts.join(', '),
      ...(against.length > 0 ? { against: against.join(', ') } : {}),
      ...(template === undefined ? {} : { template }),
      ...(model === undefined ? {} : { model }),
    },
    withImages: true,
    option: 'method',
    values: SALIENCY_METHODS.filter((other) => other !== method).map((value) => ({
      label: saliencyTexts[locale].methods[value],
      value,
    })),
  };
}
