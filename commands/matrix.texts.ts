import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { formatCosine } from '../src/draw/numbers.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';

/** Pictures, texts, and the cosines of each with each. */
export interface MatrixFinding {
  names: readonly string[];
  texts: readonly string[];
  cosines: readonly (readonly number[])[];
  /** How many pictures have a text of the same place, and how many of these find it the best of their row. */
  pairs: number;
  hits: number;
}

interface MatrixTexts {
  heading(finding: MatrixFinding): string;
  answer(finding: MatrixFinding): string;
  training(info: ModelInfo): string;
  key: string;
  footer(info: ModelInfo, template: string): string[];
  alt(finding: MatrixFinding, info: ModelInfo): string;
}

const en: MatrixTexts = {
  heading: ({ hits, pairs }) => `On the diagonal: best in ${hits} of ${pairs} rows`,
  answer: ({ names, texts, cosines, hits, pairs }) =>
    `${cosines.map((row, i) => `${names[i]}: ${best(row, texts)}`).join('; ')}. The first picture belongs to the first text, and so on: ${hits} of ${pairs} pictures fit their own text best.`,
  training: ({ family }) =>
    family === 'siglip'
      ? 'Training pulls the diagonal up and pushes every other cell down, each by itself (sigmoid), over thousands of pictures and captions at a time.'
      : 'Training pulls the diagonal up and pushes everything else in its row and column down (contrastive), over thousands of pictures and captions at a time.',
  key: 'Frame: picture and text of the same place. ▶ best of its row. ▼ best of its column. Darker is a higher cosine.',
  footer: (info, template) => [`Model: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`],
  alt: ({ names, texts, cosines, hits, pairs }, info) =>
    `Cosines of ${names.length} pictures (rows) and ${texts.length} texts (columns: ${texts.join(', ')}). ${cosines.map((row, i) => `${names[i]}: ${row.map((cosine) => formatCosine(cosine)).join(', ')}`).join('; ')}. The diagonal is best in ${hits} of ${pairs} rows. Model ${nameOf(info)}.`,
};

const ko: MatrixTexts = {
  heading: ({ hits, pairs }) => `대각선이 가장 높은 줄: ${pairs}줄 중 ${hits}줄`,
  answer: ({ names, texts, cosines, hits, pairs }) =>
    `${cosines.map((row, i) => `${names[i]}: ${best(row, texts)}`).join('; ')}. 첫 그림은 첫 글의 짝, 둘째는 둘째의 짝입니다. 그림 ${pairs}장 중 ${hits}장에 제 짝이 가장 잘 맞습니다.`,
  training: ({ family }) =>
    family === 'siglip'
      ? '학습은 한 번에 그림과 글 수천 쌍을 놓고 대각선은 끌어올리고 나머지 칸은 하나씩 따로(시그모이드) 밀어내립니다.'
      : '학습은 한 번에 그림과 글 수천 쌍을 놓고 대각선은 끌어올리고 같은 줄과 칸의 나머지는 밀어내립니다(대조 학습).',
  key: '테두리: 같은 차례의 그림과 글. ▶ 줄에서 가장 높음. ▼ 칸에서 가장 높음. 짙을수록 코사인이 높습니다.',
  footer: (info, template) => [`모델: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`],
  alt: ({ names, texts, cosines, hits, pairs }, info) =>
    `그림 ${names.length}장(줄)과 글 ${texts.length}개(칸: ${texts.join(', ')})의 코사인. ${cosines.map((row, i) => `${names[i]}: ${row.map((cosine) => formatCosine(cosine)).join(', ')}`).join('; ')}. ${pairs}줄 중 ${hits}줄에서 대각선이 가장 높습니다. 모델 ${nameOf(info)}.`,
};

export const matrixTexts: Record<Locale, MatrixTexts> = { en, ko };

function best(row: readonly number[], texts: readonly string[]): string {
  const most = Math.max(...row);
  return `${texts[row.indexOf(most)]} ${formatCosine(most)}`;
}
