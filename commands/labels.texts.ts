import type { Locale } from '../src/chat/locale.ts';

interface LabelsTexts {
  none: string;
  typeAnew: string;
  model(id: string, dtype: string, goodAt: string): string;
  these(labels: readonly string[], template: string, preset: string | undefined): string;
}

const en: LabelsTexts = {
  typeAnew: 'Change them…',
  model: (id, dtype, goodAt) => `In this channel, ${id} (${dtype}) answers now. Good at: ${goodAt}`,
  none: 'This channel has no labels. Set some with /labels set cat, dog or take a ready-made set with /labels preset animals.',
  these: (labels, template, preset) =>
    `${labels.length === 1 ? 'The label' : `The ${labels.length} labels`} of this channel${preset ? ` (preset ${preset})` : ''}: ` +
    `${labels.join(', ')}\nTemplate: ${template}\nSend an image with /classify to compare it with them.`,
};

const ko: LabelsTexts = {
  typeAnew: '바꾸기…',
  model: (id, dtype, goodAt) => `이 채널에서는 이제 ${id} (${dtype}) 모델이 답합니다. 잘하는 것: ${goodAt}`,
  none: '이 채널에는 라벨이 없습니다. /labels set 고양이, 강아지 로 정하거나 /labels preset animals 로 준비된 묶음을 쓰세요.',
  these: (labels, template, preset) =>
    `이 채널의 라벨 ${labels.length}개${preset ? ` (프리셋 ${preset})` : ''}: ${labels.join(', ')}\n` +
    `템플릿: ${template}\n이미지와 함께 /classify 를 보내면 이 라벨과 비교합니다.`,
};

export const labelsTexts: Record<Locale, LabelsTexts> = { en, ko };
