import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';

/** How much of a picture each label covers, in the order of the labels. */
export interface SegmentFinding {
  name: string;
  covered: readonly { label: string; share: number }[];
}

interface SegmentTexts {
  heading(finding: SegmentFinding): string;
  answer(finding: SegmentFinding, info: ModelInfo): string;
  rest(finding: SegmentFinding): string;
  about: string;
  footer(info: ModelInfo, template: string): string[];
  alt(finding: SegmentFinding, info: ModelInfo): string;
  /** What is in the mask's file. */
  mask(finding: SegmentFinding): string;
}

const en: SegmentTexts = {
  heading: (finding) => (found(finding).length > 0 ? found(finding).join(', ') : 'Nothing found'),
  answer: (finding, info) => `${finding.name}, as ${nameOf(info)} sees it: ${told(finding, 'not found')}.`,
  rest: (finding) => `No label: ${formatPercent(rest(finding))}`,
  about:
    'Each pixel has the label that fits best there, as far as one is clear; edges are as coarse as the model sees.',
  footer: (info, template) => [`Model: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`],
  alt: (finding, info) =>
    `${finding.name} with the regions of each label in a colour, and their numbers. Covered: ${told(finding, 'not found')}. Model ${nameOf(info)}.`,
  mask: ({ name, covered }) =>
    `A number for each pixel of ${name}: 0 no label, ${covered.map(({ label }, i) => `${i + 1} ${label}`).join(', ')}`,
};

const ko: SegmentTexts = {
  heading: (finding) => (found(finding).length > 0 ? found(finding).join(', ') : '찾은 것 없음'),
  answer: (finding, info) => `${nameOf(info)} 모델이 본 ${finding.name}: ${told(finding, '찾지 못함')}.`,
  rest: (finding) => `라벨 없음: ${formatPercent(rest(finding))}`,
  about: '픽셀마다 뚜렷하게 가장 잘 맞는 라벨을 붙였습니다. 경계는 모델이 보는 만큼 거칩니다.',
  footer: (info, template) => [`모델: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`],
  alt: (finding, info) =>
    `${finding.name} 위에 라벨마다 영역을 색과 번호로 칠한 그림. 덮은 넓이: ${told(finding, '찾지 못함')}. 모델 ${nameOf(info)}.`,
  mask: ({ name, covered }) =>
    `${name}의 픽셀마다 번호: 0 라벨 없음, ${covered.map(({ label }, i) => `${i + 1} ${label}`).join(', ')}`,
};

export const segmentTexts: Record<Locale, SegmentTexts> = { en, ko };

function found({ covered }: SegmentFinding): string[] {
  return covered.filter(({ share }) => share > 0).map(({ label }) => label);
}

function rest({ covered }: SegmentFinding): number {
  return Math.max(0, 1 - covered.reduce((sum, { share }) => sum + share, 0));
}

function told({ covered }: SegmentFinding, notFound: string): string {
  const shown = covered.flatMap(({ label, share }, i) =>
    share > 0 ? [`${i + 1} ${label} ${formatPercent(share)}`] : [],
  );
  const missing = covered.filter(({ share }) => share === 0).map(({ label }) => label);
  return [...shown, ...(missing.length > 0 ? [`${notFound}: ${missing.join(', ')}`] : [])].join('; ');
}
