import type { Locale } from '../src/chat/locale.ts';
import type { Doubt, Score } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { Family } from '../src/clip/model-config.ts';
import { TEMPLATE_SETS } from '../src/clip/prompts.ts';
import { formatPercent } from '../src/draw/numbers.ts';

interface ClassifyTexts {
  answer(name: string, scores: readonly Score[], doubt: Doubt | undefined): string;
  taught(scores: readonly Score[], examples: number, unsure: boolean): string;
  heading(scores: readonly Score[], doubt: Doubt | undefined): string;
  relative(family: Family, count: number): string;
  more(count: number): string;
  footer(info: ModelInfo, template: string): string;
  alt(name: string, scores: readonly Score[], doubt: Doubt | undefined, info: ModelInfo, template: string): string;
  why: string;
  where: string;
  otherLabels: string;
  otherTemplate: string;
  columns: { probability: string; similarity: string };
}

const why: Record<Locale, Record<Doubt, string>> = {
  en: { 'nothing-fits': 'nothing fits well', 'too-close': 'the best are close' },
  ko: { 'nothing-fits': '잘 맞는 라벨이 없음', 'too-close': '상위 라벨이 비슷함' },
};

const en: ClassifyTexts = {
  answer: (name, scores, doubt) => `${name}: ${doubt ? `unsure, ${why.en[doubt]}. Closest: ` : ''}${list(scores)}.`,
  taught: (scores, examples, unsure) =>
    `Taught here by ${examples} ${examples === 1 ? 'example' : 'examples'}: ${unsure ? 'unsure. Closest: ' : ''}${list(scores)}.`,
  heading: (scores, doubt) => (doubt ? `Unsure, ${why.en[doubt]} – closest: ${first(scores)}` : first(scores)),
  relative: (family, count) =>
    family === 'siglip'
      ? 'Each percentage judges its label by itself, and may be wrong.'
      : `Percentages only compare these ${count} labels; all may be wrong.`,
  more: (count) => `+ ${count} more ${count === 1 ? 'label' : 'labels'}`,
  footer: (info, template) => `Model: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`,
  alt: (name, scores, doubt, info, template) =>
    `${name} with a bar for each label. ${doubt ? `Unsure, ${why.en[doubt]}. ` : ''}${all(scores)}. Model ${nameOf(info)}, template ${describeTemplate(template, 'en')}.`,
  why: 'Why?',
  where: 'Where?',
  otherLabels: 'Other labels…',
  otherTemplate: 'The same labels in another template',
  columns: { probability: 'percent', similarity: 'cosine' },
};

const ko: ClassifyTexts = {
  answer: (name, scores, doubt) =>
    `${name}: ${doubt ? `확실하지 않습니다 (${why.ko[doubt]}). 가장 가까운 라벨: ` : ''}${list(scores)}`,
  taught: (scores, examples, unsure) =>
    `여기서 예시 ${examples}개로 가르친 답: ${unsure ? '확실하지 않습니다. 가장 가까운 라벨: ' : ''}${list(scores)}`,
  heading: (scores, doubt) => (doubt ? `불확실 (${why.ko[doubt]}) – 가장 가까운 것: ${first(scores)}` : first(scores)),
  relative: (family, count) =>
    family === 'siglip'
      ? '퍼센트는 라벨마다 따로 매긴 값이며 틀릴 수 있습니다.'
      : `퍼센트는 이 라벨 ${count}개끼리만 비교한 값이며, 모두 틀릴 수 있습니다.`,
  more: (count) => `+ 라벨 ${count}개 더`,
  footer: (info, template) => `모델: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`,
  alt: (name, scores, doubt, info, template) =>
    `${name} 이미지와 라벨별 막대. ${doubt ? `확실하지 않음 (${why.ko[doubt]}). ` : ''}${all(scores)}. 모델 ${nameOf(info)}, 템플릿 ${describeTemplate(template, 'ko')}.`,
  why: '왜?',
  where: '어디?',
  otherLabels: '다른 라벨…',
  otherTemplate: '같은 라벨을 다른 템플릿으로',
  columns: { probability: '퍼센트', similarity: '코사인' },
};

export const classifyTexts: Record<Locale, ClassifyTexts> = { en, ko };

/** With its dtype, where that is not the exact one. */
export function nameOf({ id, dtype }: Pick<ModelInfo, 'id' | 'dtype'>): string {
  return dtype === 'fp32' ? id : `${id} (${dtype})`;
}

function first(scores: readonly Score[]): string {
  return scores[0]?.label ?? '';
}

function list(scores: readonly Score[]): string {
  return all(scores.slice(0, 3));
}

function all(scores: readonly Score[]): string {
  return scores.map(({ label, probability }) => `${label} ${percent(probability)}`).join(', ');
}

/** As in the picture, with a space that does not break. */
function percent(probability: number): string {
  return formatPercent(probability).replace(' ', '\u00a0');
}

/** A set by its text or, where it has several, its name and size; any other template as it stands. */
export function describeTemplate(template: string, locale: Locale): string {
  const set = Object.hasOwn(TEMPLATE_SETS, template) ? TEMPLATE_SETS[template] : undefined;
  if (!set) return template;
  if (set.length === 1) return set[0] ?? '';
  return locale === 'ko' ? `${template} (${set.length}개)` : `${template} (${set.length} templates)`;
}
