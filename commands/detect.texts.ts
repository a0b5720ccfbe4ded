import type { Locale } from '../src/chat/locale.ts';
import type { Detection } from '../src/clip/detections.ts';
import type { DetectorInfo } from '../src/clip/detector/model.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import type { Picture } from '../src/image/picture.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';
import { place } from './places.ts';

/** What was found in a picture, best first, and which labels were not. */
export interface DetectFinding {
  picture: Pick<Picture, 'name' | 'width' | 'height'>;
  boxes: readonly Detection[];
  missing: readonly string[];
}

/** What is said of whatever found the boxes. */
export type FinderInfo = Pick<ModelInfo, 'id' | 'dtype' | 'family' | 'warning'> | DetectorInfo;

interface DetectTexts {
  heading(finding: DetectFinding): string;
  answer(finding: DetectFinding, info: FinderInfo): string;
  notFound(labels: readonly string[]): string;
  score(family: FinderInfo['family']): string;
  footer(info: FinderInfo, template: string): string;
  alt(finding: DetectFinding, info: FinderInfo): string;
}

const scores: Record<Locale, Record<FinderInfo['family'], string>> = {
  en: {
    clip: 'A percentage tells how the part in the box fits its label against the other labels and everyday words. It may be wrong.',
    siglip: 'A percentage tells how well the part in the box fits its label by itself. It may be wrong.',
    owlvit:
      "A percentage is the detector's own score for a box and its label, no cosine; up to twenty boxes are shown, from 10 %. It may be wrong.",
  },
  ko: {
    clip: '퍼센트는 상자 안을 다른 라벨과 흔한 낱말에 견주어 그 라벨에 얼마나 맞는지이며 틀릴 수 있습니다.',
    siglip: '퍼센트는 상자 안이 그 라벨에 얼마나 맞는지를 따로 매긴 값이며 틀릴 수 있습니다.',
    owlvit:
      '퍼센트는 탐지 모델이 상자와 라벨에 매긴 점수이며 코사인이 아닙니다. 10 %부터 스무 개까지 보이고, 틀릴 수 있습니다.',
  },
};

const kindOfFinder: Record<Locale, (info: FinderInfo) => string> = {
  en: ({ family }) => (family === 'owlvit' ? 'Detector' : 'Model'),
  ko: ({ family }) => (family === 'owlvit' ? '탐지 모델' : '모델'),
};

const en: DetectTexts = {
  heading: ({ boxes }) => (boxes.length > 0 ? `Found: ${kinds(boxes)}` : 'Nothing found'),
  answer: (finding, info) => {
    const finder = info.family === 'owlvit' ? `the detector ${nameOf(info)}` : nameOf(info);
    return `${finding.picture.name}, as ${finder} sees it: ${told(finding)}.`;
  },
  notFound: (labels) => `Not found: ${labels.join(', ')}.`,
  score: (family) => scores.en[family],
  footer: (info, template) =>
    `${kindOfFinder.en(info)}: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`,
  alt: (finding, info) =>
    `${finding.picture.name} with a numbered box around each thing. ${told(finding)}. ${kindOfFinder.en(info)} ${nameOf(info)}.`,
};

const ko: DetectTexts = {
  heading: ({ boxes }) => (boxes.length > 0 ? `찾은 것: ${kinds(boxes)}` : '찾은 것 없음'),
  answer: (finding, info) =>
    `${nameOf(info)} ${kindOfFinder.ko(info)}이 본 ${finding.picture.name}: ${toldInKorean(finding)}.`,
  notFound: (labels) => `찾지 못함: ${labels.join(', ')}.`,
  score: (family) => scores.ko[family],
  footer: (info, template) => `${kindOfFinder.ko(info)}: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`,
  alt: (finding, info) =>
    `${finding.picture.name} 위에 찾은 것마다 번호를 단 상자를 그린 그림. ${toldInKorean(finding)}. ${kindOfFinder.ko(info)} ${nameOf(info)}.`,
};

export const detectTexts: Record<Locale, DetectTexts> = { en, ko };

function kinds(boxes: readonly Detection[]): string {
  return [...new Set(boxes.map(({ label }) => label))].join(', ');
}

function told(finding: DetectFinding): string {
  const { missing } = finding;
  return [...list(finding, 'en'), ...(missing.length > 0 ? [`not found: ${missing.join(', ')}`] : [])].join('; ');
}

function toldInKorean(finding: DetectFinding): string {
  const { missing } = finding;
  return [...list(finding, 'ko'), ...(missing.length > 0 ? [`찾지 못함: ${missing.join(', ')}`] : [])].join('; ');
}

/** Each box with its number, where its middle is, and its score. */
function list({ boxes, picture }: DetectFinding, locale: Locale): string[] {
  return boxes.map(({ label, score, x, y, width, height }, i) => {
    const middle = { across: (x + width / 2) / picture.width, down: (y + height / 2) / picture.height };
    return `${i + 1} ${label}, ${place(middle, locale)} (${formatPercent(score)})`;
  });
}
