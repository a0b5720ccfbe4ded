import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import { nameOf } from './classify.texts.ts';

/** How far the probability of one label goes over the variants. */
export interface Move {
  label: string;
  least: { probability: number; variant: string };
  most: { probability: number; variant: string };
}

export interface PromptsFinding {
  /** The one that moves most. */
  mover: Move;
  /** Each label that is best somewhere, with the variants under which it is. */
  winners: readonly { label: string; variants: readonly string[] }[];
}

interface PromptsTexts {
  heading(finding: PromptsFinding): string;
  answer(name: string, finding: PromptsFinding): string;
  only: { templates: string; synonyms: string };
  range(move: Move): string;
  key: string;
  footer(info: ModelInfo): string[];
  alt(name: string, moves: readonly Move[], finding: PromptsFinding, info: ModelInfo): string;
}

const en: PromptsTexts = {
  heading: ({ winners: [first, ...others] }) =>
    others.length > 0 ? 'The wording changes the answer' : `Whatever the wording: ${first?.label}`,
  answer: (name, finding) => `${name}: ${told(finding.mover)} ${won(finding)}`,
  only: {
    templates: 'Picture and labels stayed the same; only the sentence around the labels changed.',
    synonyms: 'Picture, template and the other labels stayed the same; only the word changed.',
  },
  range,
  key: 'Number: the wording. Filled: the best label under that wording. Grey band: from the least to the most.',
  footer: (info) => [`Model: ${nameOf(info)}`],
  alt: (name, moves, finding, info) =>
    `${name}: for each label a dot per wording, from 0 to 100 percent. ${moves.map(told).join(' ')} ${won(finding)} Model ${nameOf(info)}.`,
};

const ko: PromptsTexts = {
  heading: ({ winners: [first, ...others] }) =>
    others.length > 0 ? '문구가 답을 바꿉니다' : `문구가 달라도: ${first?.label}`,
  answer: (name, finding) => `${name}: 가장 크게 움직인 라벨은 ${toldInKorean(finding.mover)} ${wonInKorean(finding)}`,
  only: {
    templates: '그림과 라벨은 그대로이고, 라벨을 둘러싼 문장만 바꾸었습니다.',
    synonyms: '그림과 템플릿과 다른 라벨은 그대로이고, 낱말만 바꾸었습니다.',
  },
  range,
  key: '번호: 문구. 채운 점: 그 문구에서 가장 맞는 라벨. 회색 띠: 가장 낮은 값부터 가장 높은 값까지.',
  footer: (info) => [`모델: ${nameOf(info)}`],
  alt: (name, moves, finding, info) =>
    `${name}: 라벨마다 문구별 점, 0~100퍼센트. ${moves.map(toldInKorean).join(' ')} ${wonInKorean(finding)} 모델 ${nameOf(info)}.`,
};

export const promptsTexts: Record<Locale, PromptsTexts> = { en, ko };

function range({ least, most }: Move): string {
  return `${formatPercent(least.probability)} – ${formatPercent(most.probability)}`;
}

function told({ label, least, most }: Move): string {
  return `"${label}" moves from ${formatPercent(least.probability)} (${least.variant}) to ${formatPercent(most.probability)} (${most.variant}).`;
}

function toldInKorean({ label, least, most }: Move): string {
  return `"${label}": ${formatPercent(least.probability)} (${least.variant}) ~ ${formatPercent(most.probability)} (${most.variant}).`;
}

function won({ winners }: PromptsFinding): string {
  const [first, ...others] = winners;
  if (others.length === 0) return `The best stays "${first?.label}" throughout.`;
  return `The best changes: ${winners.map(({ label, variants }) => `"${label}" under ${variants.join(', ')}`).join('; ')}.`;
}

function wonInKorean({ winners }: PromptsFinding): string {
  const [first, ...others] = winners;
  if (others.length === 0) return `가장 맞는 라벨은 내내 "${first?.label}"입니다.`;
  return `가장 맞는 라벨이 바뀝니다: ${winners.map(({ label, variants }) => `"${label}" (${variants.join(', ')})`).join('; ')}.`;
}
