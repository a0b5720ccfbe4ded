import type { UnsureThresholds } from './classify.ts';

interface KnownModel {
  logitScale: number;
  logitBias: number;
  unsure?: UnsureThresholds;
  licence: string;
  goodAt: { en: string; ko: string };
  badAt: { en: string; ko: string };
}

const OPENAI: KnownModel = {
  logitScale: 100,
  logitBias: 0,
  licence: 'MIT',
  goodAt: {
    en: 'Photos and drawings of everyday things, places and scenes, with English labels.',
    ko: '일상 사물, 장소, 장면의 사진과 그림. 라벨은 영어로 적어 주세요.',
  },
  badAt: {
    en: 'Labels that are not English, counting, fine differences. It carries the social biases of pictures from the web.',
    ko: '영어가 아닌 라벨, 개수 세기, 미세한 차이. 웹 이미지의 사회적 편향을 지닙니다.',
  },
};

/** google/siglip-base-patch16-224, near whose scale and bias its siblings lie. */
export const SIGLIP: KnownModel = {
  ...OPENAI,
  logitScale: 117.330765,
  logitBias: -12.932437,
  licence: 'Apache-2.0',
};

/** Published models whose trained scale and bias are known, by hub id. */
const KNOWN: Readonly<Record<string, KnownModel>> = {
  'openai/clip-vit-base-patch32': OPENAI,
  'openai/clip-vit-base-patch16': OPENAI,
  'openai/clip-vit-large-patch14': OPENAI,
  'Xenova/clip-vit-base-patch32': OPENAI,
  'Xenova/clip-vit-base-patch16': OPENAI,
  'Xenova/clip-vit-large-patch14': OPENAI,
  'google/siglip-base-patch16-224': SIGLIP,
  'Xenova/siglip-base-patch16-224': SIGLIP,
};

export function knownModel(id: string): KnownModel | undefined {
  return Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined;
}
