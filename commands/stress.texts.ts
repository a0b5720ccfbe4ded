import type { Locale } from '../src/chat/locale.ts';
import type { Score } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import type { Shift } from '../src/image/shifts.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';

/** A picture under one change, and what was answered. */
export interface Trial {
  shift: Shift | 'written';
  best: Score;
  holds: boolean;
}

export interface StressFinding {
  name: string;
  original: Score;
  trials: readonly Trial[];
  /** The word that was stuck on. */
  written: string;
}

interface StressTexts {
  names: Record<Shift | 'written' | 'original', string>;
  heading(finding: StressFinding): string;
  caption(title: string, best: Score, holds: boolean): string;
  answer(finding: StressFinding): string;
  noForeground: string;
  foreground: string;
  lesson: string;
  note(info: ModelInfo, template: string): string;
  alt(finding: StressFinding, info: ModelInfo): string;
}

const en: StressTexts = {
  names: {
    ...{
      original: 'As it is',
      grey: 'Grey',
      blur: 'Blurred',
      noise: 'Noise',
      jpeg: 'Strong JPEG',
      rotated: 'Turned 30°',
    },
    ...{ cropped: 'Middle only', edges: 'Edges', sketch: 'Sketch', posterised: 'Three shades', inverted: 'Inverted' },
    ...{ silhouette: 'Silhouette', background: 'Other background', written: 'With a word' },
  },
  heading: (finding) => `"${finding.original.label}" holds in ${held(finding)} of ${finding.trials.length}`,
  caption,
  answer: (finding) =>
    `${finding.name}: "${finding.original.label}" (${formatPercent(finding.original.probability)}) holds under ${held(finding)} of ${finding.trials.length} changes.${
      fallen(finding).length > 0
        ? ` It becomes ${fallen(finding)
            .map(({ shift, best }) => `"${best.label}" (${en.names[shift].toLowerCase()})`)
            .join(', ')}.`
        : ''
    } The word stuck on was "${finding.written}".`,
  noForeground:
    'Silhouette and other background were left out: nothing stands clearly before a plain ground here. Try an object on a plain table or wall.',
  foreground:
    'The object was cut out by its transparency or, without any, as what the colours at the edges do not reach. Look whether that worked before you trust these two.',
  lesson:
    'A model trained on photos of all kinds often holds where one trained on photos alone does not. Which changes would a person mind?',
  note: (info, template) =>
    `= the same answer, ≠ another one. Model: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`,
  alt: (finding, info) =>
    `${finding.name} as it is and under ${finding.trials.length} changes, each with its best label. As it is: ${caption('', finding.original, true)}. ${finding.trials.map(({ shift, best, holds }) => caption(en.names[shift], best, holds)).join('; ')}. Model ${nameOf(info)}.`,
};

const ko: StressTexts = {
  names: {
    ...{ original: '그대로', grey: '흑백', blur: '흐리게', noise: '잡음', jpeg: '강한 JPEG', rotated: '30° 돌림' },
    ...{ cropped: '가운데만', edges: '윤곽', sketch: '스케치', posterised: '세 단계 색', inverted: '색 뒤집기' },
    ...{ silhouette: '실루엣', background: '다른 배경', written: '글자 붙임' },
  },
  heading: (finding) => `"${finding.original.label}": ${finding.trials.length}가지 중 ${held(finding)}가지에서 그대로`,
  caption,
  answer: (finding) =>
    `${finding.name}: "${finding.original.label}" (${formatPercent(finding.original.probability)}). ${finding.trials.length}가지로 바꿔도 ${held(finding)}가지에서 같은 답입니다.${
      fallen(finding).length > 0
        ? ` 달라진 답: ${fallen(finding)
            .map(({ shift, best }) => `"${best.label}" (${ko.names[shift]})`)
            .join(', ')}.`
        : ''
    } 붙인 글자는 "${finding.written}"입니다.`,
  noForeground:
    '실루엣과 다른 배경은 뺐습니다. 단색 바탕 앞의 물체를 찾지 못했습니다. 단색 책상이나 벽 앞의 물체로 해 보세요.',
  foreground:
    '물체는 투명도로, 없으면 가장자리 색이 닿지 않는 곳으로 오려 냈습니다. 이 두 가지는 잘 오려졌는지 보고 믿으세요.',
  lesson:
    '온갖 그림으로 배운 모델은 사진만으로 배운 모델이 못 버티는 곳에서도 자주 버팁니다. 사람이라면 어떤 변화에 흔들릴까요?',
  note: (info, template) => `= 같은 답, ≠ 다른 답. 모델: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`,
  alt: (finding, info) =>
    `${finding.name} 원본과 ${finding.trials.length}가지로 바꾼 그림, 저마다 가장 맞는 라벨. 그대로: ${caption('', finding.original, true)}. ${finding.trials.map(({ shift, best, holds }) => caption(ko.names[shift], best, holds)).join('; ')}. 모델 ${nameOf(info)}.`,
};

export const stressTexts: Record<Locale, StressTexts> = { en, ko };

/** The label last, as that is what may have to be cut. */
function caption(title: string, { label, probability }: Score, holds: boolean): string {
  return `${title} ${holds ? '=' : '≠'} ${formatPercent(probability).replace(' ', '')} ${label}`.trim();
}

function held({ trials }: StressFinding): number {
  return trials.filter(({ holds }) => holds).length;
}

function fallen({ trials }: StressFinding): readonly Trial[] {
  return trials.filter(({ holds }) => !holds);
}
