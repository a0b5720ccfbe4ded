import type { Dtype } from '../config.ts';
import type { UnsureThresholds } from './classify.ts';
import { nearest } from './nearest.ts';

export interface KnownModel {
  logitScale: number;
  logitBias: number;
  unsure?: UnsureThresholds;
  licence: string;
  goodAt: { en: string; ko: string };
  badAt: { en: string; ko: string };
  /** Where it learned others than English. */
  languages?: readonly string[];
  /** Of both encoders, by dtype, where there are files to fetch. Others may be there as well. */
  megabytes?: Partial<Readonly<Record<Dtype, number>>>;
}

/** What is told of a model that can be fetched. */
type ToFetch = Pick<KnownModel, 'licence' | 'goodAt' | 'languages'> & Required<Pick<KnownModel, 'megabytes'>>;

const OPENAI: KnownModel = {
  logitScale: 100,
  logitBias: 0,
  licence: 'MIT (its code; the weights name none)',
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

const SIGLIP_2: KnownModel = {
  logitScale: 112.6689,
  logitBias: -16.771725,
  licence: 'Apache-2.0',
  languages: ['en', 'ko'],
  goodAt: {
    en: 'As CLIP, with labels in many languages, Korean among them.',
    ko: 'CLIP과 같으며 한국어를 비롯한 여러 언어의 라벨을 압니다.',
  },
  badAt: {
    en: 'Counting, fine differences; it is large. It carries the social biases of pictures from the web.',
    ko: '개수 세기, 미세한 차이. 용량이 큽니다. 웹 이미지의 사회적 편향을 지닙니다.',
  },
};

const MOBILECLIP: KnownModel = {
  ...OPENAI,
  licence: 'Apple research licence (apple-amlr): research only',
  goodAt: {
    en: 'Photos of everyday things with English labels, on a small machine.',
    ko: '작은 컴퓨터에서 일상 사물의 사진. 라벨은 영어로 적어 주세요.',
  },
  badAt: {
    en: 'Labels that are not English, counting. Its 8-bit files answer much worse: use fp32 or fp16.',
    ko: '영어가 아닌 라벨, 개수 세기. 8비트 파일은 훨씬 부정확하니 fp32나 fp16을 쓰세요.',
  },
};

/**
 * Published models whose trained scale and bias are known, by hub id. The sizes are those of the files, in
 * millions of bytes, as pinned manifests list them or, in fp32, as four bytes for each weight make them.
 */
const KNOWN = {
  'Xenova/clip-vit-base-patch32': { ...OPENAI, megabytes: { fp32: 606, q8: 153 } },
  'Xenova/clip-vit-base-patch16': { ...OPENAI, megabytes: { fp32: 599, q8: 152 } },
  'Xenova/clip-vit-large-patch14': { ...OPENAI, megabytes: { fp32: 1711 } },
  'Xenova/siglip-base-patch16-224': { ...SIGLIP, megabytes: { fp32: 813, q8: 211 } },
  'onnx-community/siglip2-base-patch16-224-ONNX': { ...SIGLIP_2, megabytes: { fp32: 1501, int8: 378 } },
  'Xenova/mobileclip_s0': { ...MOBILECLIP, megabytes: { fp32: 215, fp16: 108 } },
  'openai/clip-vit-base-patch32': OPENAI,
  'openai/clip-vit-base-patch16': OPENAI,
  'openai/clip-vit-large-patch14': OPENAI,
  'google/siglip-base-patch16-224': SIGLIP,
  'google/siglip2-base-patch16-224': SIGLIP_2,
} satisfies Record<string, KnownModel>;

/** Published detectors, for DETECTOR_MODEL. */
const DETECTORS: Readonly<Record<string, ToFetch>> = {
  'Xenova/owlvit-base-patch32': {
    licence: 'Apache-2.0',
    goodAt: {
      en: 'DETECTOR_MODEL: the boxes of /detect in photos of everyday things, with English labels.',
      ko: 'DETECTOR_MODEL: 일상 사물 사진에서 /detect 의 상자 찾기. 라벨은 영어로 적어 주세요.',
    },
    megabytes: { fp32: 612, fp16: 307, q8: 155 },
  },
};

const BY_ID: ReadonlyMap<string, KnownModel> = new Map(Object.entries(KNOWN));

export function knownModel(id: string): KnownModel | undefined {
  return BY_ID.get(id);
}

/** The known models that can be fetched, with the sizes of their files. */
export const TO_FETCH = [...BY_ID, ...Object.entries(DETECTORS)].flatMap(
  ([id, { licence, goodAt, languages, megabytes }]) =>
    megabytes ? [{ id, licence, goodAt, languages, megabytes }] : [],
);

/** The id of a known model that can be fetched and is spelled most like `id`. */
export function nearestKnownModel(id: string): string {
  return nearest(id, ['demo', ...TO_FETCH.map((known) => known.id)]);
}
