import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { keyOf, parseLabels } from '../src/chat/labels.ts';
import type { Locale } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { classify, type Score, withVectors } from '../src/clip/classify.ts';
import { TEMPLATE_SETS, templatesOf } from '../src/clip/prompts.ts';
import { drawDots } from '../src/draw/dots.ts';
import { UserError } from '../src/errors.ts';
import { loadOnlyPicture } from '../src/image/load.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { describeTemplate } from './classify.texts.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { labelsOption } from './labels-option.ts';
import { completeModel, modelOption } from './model-option.ts';
import { type Move, type PromptsFinding, promptsTexts } from './prompts.texts.ts';
import { type Question, readQuestion } from './question.ts';
import { templateOption } from './template-option.ts';
import { warningOf } from './warned.ts';

/** More rows, or dots in a row, than these cannot be read on a phone. */
const MAX_LABELS = 8;
const SYNONYMS = { least: 2, most: 6 };

/** The first question about new labels encodes some ninety sentences for each. */
const PACE: Pace = { person: { uses: 4, seconds: 10 }, channel: { uses: 20, seconds: 10 } };

const options = z.object({
  labels: labelsOption,
  template: templateOption,
  synonyms: option(z.string().optional(), {
    korean: '동의어',
    en: 'Two to six words for one thing, to compare words instead of templates',
    ko: '템플릿 대신 낱말을 견주려면 같은 것을 뜻하는 말 2~6개',
  }),
  model: modelOption,
});

/** One way to say it: its name, and the score of each row of the chart. */
interface Variant {
  name: string;
  scores: readonly Score[];
}

export const prompts: Command<Services> = {
  kind: 'action',
  name: 'prompts',
  korean: '문구',
  action: action<Services, typeof options>({
    description: {
      en: 'See how the wording around your labels, or of one of them, moves the answer',
      ko: '라벨의 문구나 낱말을 바꾸면 답이 얼마나 움직이는지 보기',
    },
    options,
    images: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { labels: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const synonyms = readSynonyms(options.synonyms);
      const least = synonyms.length > 0 ? 1 : 2;
      const question = await readQuestion(options, { least, most: MAX_LABELS }, channel, services);
      const { info, labels, model } = question;
      const ways = synonyms.length > 0 ? words(question, synonyms) : templates(question);
      const picture = await loadOnlyPicture(images);
      const [image, ...vectors] = await Promise.all([
        model.embedImage(picture),
        ...ways.map((way) => model.embedLabels(way.texts, way.template)),
      ]);
      const rows = synonyms.length > 0 ? [synonyms.join(' / '), ...(ways[0]?.texts.slice(1) ?? [])] : labels;
      const variants = ways.map(({ name }, i): Variant => {
        return { name, scores: classify(image, withVectors(rows, vectors[i] ?? []), info) };
      });
      const moves = rows.map((label) => findMove(label, variants));
      const finding = summarise(moves, variants);
      const texts = promptsTexts[locale];
      const drawing = await drawDots({
        heading: texts.heading(finding),
        variants: variants.map(({ name }) => (synonyms.length > 0 ? name : legend(name, locale))),
        rows: moves.map((move) => ({
          label: move.label,
          range: texts.range(move),
          dots: variants.map(({ scores }) => ({
            value: probabilityOf(move.label, scores),
            isBest: scores[0]?.label === move.label,
          })),
        })),
        key: texts.key,
        footer: [...texts.footer(info), ...warningOf(info, locale)],
        lossy: false,
      });
      const only = synonyms.length > 0 ? texts.only.synonyms : texts.only.templates;
      const cautioned = cautions([...new Set([...labels, ...synonyms])], info, locale);
      return reply([texts.answer(picture.name, finding), only, ...cautioned].join('\n'), {
        images: [
          {
            name: fileName(picture.name, 'prompts', drawing),
            mediaType: drawing.mediaType,
            bytes: drawing.bytes,
            alt: texts.alt(picture.name, moves, finding, info),
          },
        ],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          image: picture.name,
          variants: variants.map(({ name, scores }) => ({ name, scores: scores.map((score) => ({ ...score })) })),
        },
      });
    },
  }),
};

/** A set of one template by its name and its text. */
function legend(name: string, locale: Locale): string {
  const described = describeTemplate(name, locale);
  return described.startsWith(name) ? described : `${name}: ${described}`;
}

/** @throws UserError `too-few-synonyms`, `too-many-labels` */
function readSynonyms(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const synonyms = parseLabels(text);
  const count = synonyms.length;
  if (count < SYNONYMS.least) throw new UserError('too-few-synonyms', { limit: SYNONYMS.least });
  if (count > SYNONYMS.most) throw new UserError('too-many-labels', { limit: SYNONYMS.most, count });
  return synonyms;
}

/** One way to say all labels. */
interface Way {
  name: string;
  template: string;
  texts: readonly string[];
}

/** The labels in every set of templates, and in the person's own. */
function templates({ labels, template }: Question): Way[] {
  const own = templatesOf(template).join();
  const sets = Object.keys(TEMPLATE_SETS);
  const isNew = sets.every((name) => templatesOf(name).join() !== own);
  const names = isNew ? [...sets, template] : sets;
  return names.map((name) => ({ name, template: name, texts: labels }));
}

/** Each synonym in turn, before the labels that are none. @throws UserError `synonyms-alone` */
function words({ labels, template }: Question, synonyms: readonly string[]): Way[] {
  const own = new Set(synonyms.map(keyOf));
  const others = labels.filter((label) => !own.has(keyOf(label)));
  if (others.length === 0) throw new UserError('synonyms-alone', {}, { remedy: { ask: 'labels' } });
  return synonyms.map((word) => ({ name: word, template, texts: [word, ...others] }));
}

function probabilityOf(label: string, scores: readonly Score[]): number {
  return scores.find((score) => score.label === label)?.probability ?? 0;
}

function findMove(label: string, variants: readonly Variant[]): Move {
  const ends = variants
    .map(({ name, scores }) => ({ variant: name, probability: probabilityOf(label, scores) }))
    .sort((a, b) => a.probability - b.probability);
  const none = { variant: '', probability: 0 };
  return { label, least: ends[0] ?? none, most: ends.at(-1) ?? none };
}

function summarise(moves: readonly Move[], variants: readonly Variant[]): PromptsFinding {
  const distance = ({ least, most }: Move) => most.probability - least.probability;
  const mover = moves.reduce((far, move) => (distance(move) > distance(far) ? move : far));
  const winners = moves
    .map(({ label }) => ({
      label,
      variants: variants.filter(({ scores }) => scores[0]?.label === label).map(({ name }) => name),
    }))
    .filter((winner) => winner.variants.length > 0);
  return { mover, winners };
}
