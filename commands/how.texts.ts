import type { Locale } from '../src/chat/locale.ts';
import type { Score } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { EncoderView } from '../src/clip/questions.ts';
import { formatPercent, formatShort } from '../src/draw/numbers.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';

/** An answer, and what it is made of. */
export interface Derivation {
  name: string;
  view: EncoderView;
  template: string;
  /** The sentences of one label. */
  sentences: number;
  /** Best first. */
  scores: readonly Score[];
  /** The same with the cosines taken as they are, as if there were no scale. */
  unscaled: readonly Score[];
  info: ModelInfo;
}

interface Step {
  title: string;
  text: string;
}

interface HowTexts {
  heading(best: string): string;
  answer(derivation: Derivation): string;
  steps(derivation: Derivation): { image: Step; texts: Step; cosines: Step; probabilities: Step };
  more(count: number): string;
  footer(info: ModelInfo, template: string): string[];
  alt(derivation: Derivation): string;
}

const en: HowTexts = {
  heading: (best) => `How it came to "${best}"`,
  answer: ({ name, ...derivation }) => `${name}, in four steps: ${summary(derivation, 'en')}`,
  steps: ({ view, sentences, template, info, scores, unscaled }) => ({
    image: {
      title: '1 What the image encoder gets',
      text: `${view.resize === 'exact' ? 'The whole picture, squeezed' : 'The middle of the picture, cut out and brought'} to ${view.width} × ${view.height} pixels${
        view.patches
          ? `, in ${view.patches.columns} × ${view.patches.rows} patches. It reads them as a text reader reads words.`
          : '. Nothing else of your picture counts.'
      }`,
    },
    texts: {
      title: '2 What the text encoder gets',
      text:
        sentences === 1
          ? 'Each label inside its template, word for word:'
          : `Each label in ${sentences} sentences (${template}), whose vectors are averaged. The first ones of the best label:`,
    },
    cosines: {
      title: '3 How alike they are',
      text: 'Picture and texts are now vectors of length 1. The cosine of the angle between two says how alike they are:',
    },
    probabilities: {
      title: info.family === 'siglip' ? '4 From cosine to sigmoid' : '4 From cosine to softmax',
      text:
        info.family === 'siglip'
          ? `Each cosine times ${formatShort(info.logitScale)}, plus ${formatShort(info.logitBias)}, goes through a sigmoid: every label is judged by itself, so the sum need not be 100 %.`
          : `Each cosine times ${formatShort(info.logitScale)} (a temperature of 1/${formatShort(info.logitScale)}, learned in training), then softmax: shares that add up to 100 %. Without that factor "${scores[0]?.label}" would have only ${formatPercent(unscaled[0]?.probability ?? 0)}.`,
    },
  }),
  more: (count) => `+ ${count} more`,
  footer: (info, template) => [`Model: ${nameOf(info)} · Template: ${describeTemplate(template, 'en')}`],
  alt: ({ name, ...derivation }) =>
    `Four steps from ${name} to its answer: the pixels the encoder gets under their grid of patches, the texts, a bar for each cosine, a bar for each probability. ${summary(derivation, 'en')} Model ${nameOf(derivation.info)}.`,
};

const ko: HowTexts = {
  heading: (best) => `"${best}"라는 답이 나오기까지`,
  answer: ({ name, ...derivation }) => `${name}, 네 단계: ${summary(derivation, 'ko')}`,
  steps: ({ view, sentences, template, info, scores, unscaled }) => ({
    image: {
      title: '1 이미지 인코더가 받는 것',
      text: `${view.resize === 'exact' ? '그림 전체를 눌러' : '그림의 가운데를 잘라'} ${view.width} × ${view.height}픽셀로 만든 것${
        view.patches
          ? `을 ${view.patches.columns} × ${view.patches.rows}조각으로 나눠, 글의 낱말처럼 읽습니다.`
          : '입니다. 그림의 다른 것은 쓰이지 않습니다.'
      }`,
    },
    texts: {
      title: '2 텍스트 인코더가 받는 것',
      text:
        sentences === 1
          ? '라벨을 템플릿에 넣은 문장 그대로:'
          : `라벨마다 문장 ${sentences}개(${template})를 벡터로 바꿔 평균합니다. 가장 맞는 라벨의 앞 문장들:`,
    },
    cosines: {
      title: '3 얼마나 닮았는가',
      text: '그림과 글은 이제 길이 1인 벡터입니다. 두 벡터 사이 각의 코사인이 닮은 정도입니다:',
    },
    probabilities: {
      title: info.family === 'siglip' ? '4 코사인에서 시그모이드로' : '4 코사인에서 소프트맥스로',
      text:
        info.family === 'siglip'
          ? `코사인에 ${formatShort(info.logitScale)}배를 하고 ${formatShort(info.logitBias)}만큼 더해 시그모이드에 넣습니다. 라벨마다 따로 매기므로 합이 100 %가 아닐 수 있습니다.`
          : `코사인에 ${formatShort(info.logitScale)}배(학습된 온도 1/${formatShort(info.logitScale)})를 하고 소프트맥스로 합이 100 %인 몫으로 바꿉니다. 이 배율이 없다면 "${scores[0]?.label}"도 ${formatPercent(unscaled[0]?.probability ?? 0)}에 그칩니다.`,
    },
  }),
  more: (count) => `+ ${count}개 더`,
  footer: (info, template) => [`모델: ${nameOf(info)} · 템플릿: ${describeTemplate(template, 'ko')}`],
  alt: ({ name, ...derivation }) =>
    `${name}에서 답까지 네 단계: 조각 격자를 얹은 인코더 입력 픽셀, 글, 코사인 막대, 확률 막대. ${summary(derivation, 'ko')} 모델 ${nameOf(derivation.info)}.`,
};

export const howTexts: Record<Locale, HowTexts> = { en, ko };

function summary({ view, sentences, scores, info }: Omit<Derivation, 'name'>, locale: Locale): string {
  const [best] = scores;
  const size = `${view.width} × ${view.height}`;
  const scale = formatShort(info.logitScale);
  const cosine = formatShort(best?.similarity ?? 0);
  const last = info.family === 'siglip' ? { en: 'a sigmoid', ko: '시그모이드' } : { en: 'a softmax', ko: '소프트맥스' };
  const percent = formatPercent(best?.probability ?? 0);
  return locale === 'ko'
    ? `${size}픽셀, 라벨마다 문장 ${sentences}개, "${best?.label}"의 코사인 ${cosine}, ${scale}배 뒤 ${last.ko}로 ${percent}.`
    : `${size} pixels; ${sentences === 1 ? 'one sentence' : `${sentences} sentences`} per label; a cosine of ${cosine} for "${best?.label}"; times ${scale} and through ${last.en}, ${percent}.`;
}
