import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { MAX_LABELS } from '../src/chat/labels.ts';
import type { Locale } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { type Button, type Choice, type ReplyImage, reply } from '../src/chat/reply.ts';
import { type Doubt, doubtOf, type Score } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { TEMPLATE_SETS, templatesOf } from '../src/clip/prompts.ts';
import { drawClassification } from '../src/draw/classification.ts';
import { UserError } from '../src/errors.ts';
import { loadPicture } from '../src/image/load.ts';
import type { Picture } from '../src/image/picture.ts';
import type { Services } from '../src/services.ts';
import type { TaughtClassifier } from '../src/teaching.ts';
import { cautions } from './cautions.ts';
import { classifyTexts, describeTemplate } from './classify.texts.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { labelsOption } from './labels-option.ts';
import { MOST_LOCATED } from './located.ts';
import { completeModel, modelOption } from './model-option.ts';
import { otherLabels, readQuestion, type Texts } from './question.ts';
import { isUnsure, taughtPanel } from './taught.ts';
import { teachTexts } from './teach.texts.ts';
import { templateOption } from './template-option.ts';
import { warningOf } from './warned.ts';

/** More bars than this cannot be read on a phone. */
const MAX_BARS = 10;

/** A class that asks all at once is welcome, a person who never stops is not. */
const PACE: Pace = { person: { uses: 6, seconds: 10 }, channel: { uses: 60, seconds: 10 } };

const options = z.object({
  labels: labelsOption,
  template: templateOption,
  model: modelOption,
  top: option(z.coerce.number().int().min(1).max(100).optional(), {
    korean: '개수',
    en: 'How many of the best labels to show',
    ko: '보여 줄 상위 라벨 수',
  }),
});

interface Result {
  picture: Picture;
  /** Of the labels asked for, best first. */
  scores: readonly Score[];
  doubt: Doubt | undefined;
  /** What the channel was taught to say, best first. */
  taught: ReturnType<TaughtClassifier['classify']>;
}

export const classify: Command<Services> = {
  kind: 'action',
  name: 'classify',
  korean: '분류',
  onMessage: { en: 'Classify', ko: '분류하기' },
  action: action<Services, typeof options>({
    description: { en: 'Find which of your labels fits an image best', ko: '이미지에 가장 잘 맞는 라벨 찾기' },
    options,
    images: { min: 1, max: 10 },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { labels: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const question = await readQuestion(options, { least: 1, most: MAX_LABELS }, channel, services);
      const { labels, template, model, info } = question;
      const templates = templatesOf(template);
      const pictures = await Promise.all(images.map(loadPicture));
      if (labels.length < 2 && info.family === 'clip') throw new UserError('too-few-labels', { limit: 2 });

      const taught = await services.teaching.taught(channel, info.sha256);
      const classifier = taught.kind === 'ready' ? taught.classifier : undefined;

      const results = await Promise.all(
        pictures.map(async (picture): Promise<Result> => {
          const { scores, vector } = await model.classify(picture, labels, template);
          const doubt = doubtOf(scores, info.unsure);
          return { picture, scores: scores.slice(0, options.top), doubt, taught: classifier?.classify(vector) ?? [] };
        }),
      );
      const texts = classifyTexts[locale];
      const answers = results.flatMap(({ picture, scores, doubt, taught }) => [
        texts.answer(picture.name, scores, doubt),
        ...(classifier ? [texts.taught(taught, classifier.count, isUnsure(taught))] : []),
      ]);
      return reply(
        [
          ...answers,
          ...(taught.kind === 'other-model' ? [teachTexts[locale].stale(taught.count)] : []),
          texts.relative(info.family, labels.length),
          ...cautions(labels, info, locale),
        ].join('\n'),
        {
          images: await Promise.all(
            results.map((result) => annotate(result, classifier, labels.length, info, template, locale)),
          ),
          buttons: [
            ...why(results, question, options.model, locale),
            ...where(results, template, options.model, locale),
            otherLabels('classify', question, options.model, locale),
          ],
          choices: [otherTemplates(question, options.model, locale)],
          data: {
            model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
            templates,
            results: results.map(({ picture, scores, doubt, taught }) => ({
              image: picture.name,
              unsure: doubt !== undefined,
              scores: scores.map(({ label, probability, similarity }) => ({ label, probability, similarity })),
              ...(classifier ? { taught } : {}),
            })),
          },
        },
      );
    },
  }),
};

async function annotate(
  { picture, scores, doubt, taught }: Result,
  classifier: TaughtClassifier | undefined,
  count: number,
  info: ModelInfo,
  template: string,
  locale: Locale,
): Promise<ReplyImage> {
  const texts = classifyTexts[locale];
  const bars = scores.slice(0, MAX_BARS);
  const drawing = await drawClassification({
    picture,
    scores: bars,
    unsure: doubt !== undefined,
    heading: texts.heading(bars, doubt),
    columnTitles: texts.columns,
    ...(count > bars.length ? { note: texts.more(count - bars.length) } : {}),
    footer: [texts.footer(info, template), ...warningOf(info, locale), texts.relative(info.family, count)],
    second: classifier && taughtPanel(taught, classifier, info, locale),
  });
  return {
    name: fileName(picture.name, 'classified', drawing),
    mediaType: drawing.mediaType,
    bytes: drawing.bytes,
    alt: [
      texts.alt(picture.name, bars, doubt, info, template),
      ...(classifier ? [texts.taught(taught, classifier.count, isUnsure(taught))] : []),
    ].join(' '),
  };
}

/** Where in the image the best label is seen, against the rest. */
function why(
  results: readonly Result[],
  { labels, template }: Texts,
  model: string | undefined,
  locale: Locale,
): Button[] {
  const [result, ...others] = results;
  const best = result?.scores[0]?.label;
  if (best === undefined || others.length > 0) return [];
  const against = labels.filter((label) => label !== best).join(', ');
  const options = { text: best, template, ...(against ? { against } : {}), ...(model === undefined ? {} : { model }) };
  return [{ label: classifyTexts[locale].why, command: 'saliency', options, withImages: true }];
}

/** Where in the image the best labels are. */
function where(results: readonly Result[], template: string, model: string | undefined, locale: Locale): Button[] {
  const [result, ...others] = results;
  if (result === undefined || others.length > 0) return [];
  const labels = result.scores.slice(0, MOST_LOCATED).map(({ label }) => label);
  const options = { labels: labels.join(', '), template, ...(model === undefined ? {} : { model }) };
  return [{ label: classifyTexts[locale].where, command: 'detect', options, withImages: true }];
}

/** Offers the same labels in other words: how much the wording matters is half of what there is to learn. */
function otherTemplates({ labels, template }: Texts, model: string | undefined, locale: Locale): Choice {
  return {
    label: classifyTexts[locale].otherTemplate,
    command: 'classify',
    options: { labels: labels.join(', '), ...(model === undefined ? {} : { model }) },
    withImages: true,
    option: 'template',
    values: Object.keys(TEMPLATE_SETS)
      .filter((name) => name !== template)
      .map((name) => ({ label: describeTemplate(name, locale), value: name })),
  };
}
