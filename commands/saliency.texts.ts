import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { SaliencyMaps, SaliencyMethod } from '../src/clip/saliency.ts';
import { formatCosine } from '../src/draw/numbers.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';
import { type Place, place } from './places.ts';

/** What was found for one text. */
export interface Finding {
  text: string;
  /** The cosine of image and text. */
  similarity: number;
  /** Where the map is strongest, in shares of the picture; nowhere where it says nothing. */
  peak: Place | undefined;
}

interface SaliencyTexts {
  answer(name: string, findings: readonly Finding[], info: ModelInfo): string;
  caption(finding: Finding): string;
  scale: { low: string; high: string };
  footer(
    maps: Pick<SaliencyMaps, 'method' | 'grid'>,
    against: readonly string[],
    info: ModelInfo,
    template: string,
  ): string[];
  alt(name: string, findings: readonly Finding[], method: SaliencyMethod, info: ModelInfo): string;
  /** What a reader should know of a method before trusting its map. */
  about: Record<SaliencyMethod, string>;
  notExplainable(missing: string): string;
  otherMethod: string;
  methods: Record<SaliencyMethod, string>;
}

const en: SaliencyTexts = {
  answer: (name, findings, info) => `${name}, as ${nameOf(info)} sees it: ${findings.map(told).join('; ')}.`,
  caption: ({ peak, similarity }) =>
    `${peak ? place(peak, 'en') : 'no clear region'} · cosine ${formatCosine(similarity)}`,
  scale: { low: 'none', high: 'strongest' },
  footer: ({ method, grid }, against, info, template) => [
    `Method: ${method} · Grid: ${grid.columns} × ${grid.rows}`,
    ...(against.length > 0 ? [`Against: ${against.join(', ')}`] : []),
    `Model: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`,
  ],
  alt: (name, findings, method, info) =>
    `${name} under a map of colours for each text, bright where it fits best. ${findings.map(told).join('; ')}. Method ${method}, model ${nameOf(info)}.`,
  about: {
    dense:
      'Each patch is compared with the text and with everyday words. It shows where the model sees it, not that it is there.',
    gradcam: 'Grad-CAM was made for other networks and is weak on vision transformers: compare it with dense.',
    hirescam: 'HiResCAM shows which patches pushed the answer up, and with it much of what surrounds the object.',
    attention: 'Attention times its gradient shows which patches the answer listened to in the last layer.',
    occlusion:
      'Parts were covered one by one: bright is where covering hurts the answer most. Slow, but it trusts no theory.',
  },
  notExplainable: (missing) =>
    `The inside of this model is not understood (its graph has no ${missing}), so parts of the image were covered instead.`,
  otherMethod: 'The same by another method',
  methods: {
    dense: 'dense: patches and text',
    gradcam: 'gradcam: Grad-CAM',
    hirescam: 'hirescam: HiResCAM',
    attention: 'attention: last layer',
    occlusion: 'occlusion: cover parts (slow)',
  },
};

const ko: SaliencyTexts = {
  answer: (name, findings, info) => `${nameOf(info)} 모델이 본 ${name}: ${findings.map(toldInKorean).join('; ')}.`,
  caption: ({ peak, similarity }) =>
    `${peak ? place(peak, 'ko') : '뚜렷한 영역 없음'} · 코사인 ${formatCosine(similarity)}`,
  scale: { low: '없음', high: '가장 강함' },
  footer: ({ method, grid }, against, info, template) => [
    `방법: ${method} · 격자: ${grid.columns} × ${grid.rows}`,
    ...(against.length > 0 ? [`견준 라벨: ${against.join(', ')}`] : []),
    `모델: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`,
  ],
  alt: (name, findings, method, info) =>
    `${name} 위에 글마다 색 지도를 겹친 그림. 잘 맞는 곳일수록 밝습니다. ${findings.map(toldInKorean).join('; ')}. 방법 ${method}, 모델 ${nameOf(info)}.`,
  about: {
    dense: '조각마다 글과 흔한 낱말에 견주었습니다. 모델이 어디서 보는지이지, 거기 있다는 뜻은 아닙니다.',
    gradcam: 'Grad-CAM은 다른 신경망을 위한 방법이라 비전 트랜스포머에서는 약합니다. dense와 견주어 보세요.',
    hirescam: 'HiResCAM은 답을 밀어 올린 조각을 보여 주며, 물체 둘레도 많이 나옵니다.',
    attention: '마지막 층에서 답이 귀 기울인 조각을 주의와 그 기울기의 곱으로 보여 줍니다.',
    occlusion:
      '한 곳씩 가려 보았습니다. 가릴 때 답이 많이 나빠지는 곳이 밝습니다. 느리지만 어떤 이론에도 기대지 않습니다.',
  },
  notExplainable: (missing) =>
    `이 모델의 속을 읽을 수 없어 (그래프에 없음: ${missing}) 그림을 한 곳씩 가려 보았습니다.`,
  otherMethod: '다른 방법으로 보기',
  methods: {
    dense: 'dense: 조각과 글',
    gradcam: 'gradcam: Grad-CAM',
    hirescam: 'hirescam: HiResCAM',
    attention: 'attention: 마지막 층',
    occlusion: 'occlusion: 가려 보기 (느림)',
  },
};

export const saliencyTexts: Record<Locale, SaliencyTexts> = { en, ko };

function told({ text, peak, similarity }: Finding): string {
  return `"${text}" ${peak ? `mostly ${place(peak, 'en')}` : 'no clear region'} (cosine ${formatCosine(similarity)})`;
}

function toldInKorean({ text, peak, similarity }: Finding): string {
  const where = peak ? `주로 ${place(peak, 'ko')}` : '뚜렷한 영역 없음';
  return `"${text}" ${where} (코사인 ${formatCosine(similarity)})`;
}
