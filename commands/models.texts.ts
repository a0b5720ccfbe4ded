import type { Locale } from '../src/chat/locale.ts';
import type { LocalModel, Verified } from '../src/clip/library.ts';

interface ModelsTexts {
  bundled: string;
  bundledColumns: readonly string[];
  known: string;
  columns: readonly string[];
  others: string;
  otherColumns: readonly string[];
  /** Where a model of each kind is named. */
  uses: Readonly<Record<LocalModel['kind'], string>>;
  howTo: string;
  pulled(model: LocalModel, megabytes: number): string;
  intact(verified: Verified): string;
  /** Of a model that is not whole. */
  unfinished(id: string): string;
  removed(id: string, megabytes: number): string;
  nothingHere: string;
}

const en: ModelsTexts = {
  bundled: 'Come with Cliplens',
  bundledColumns: ['model', 'languages', 'good for'],
  known: 'Known good models',
  columns: ['model', 'MB by dtype', 'memory, MB', 'here', 'languages', 'licence', 'good for'],
  others: 'Others that were fetched',
  otherColumns: ['model', 'dtype', 'MB', 'memory, MB', 'for'],
  uses: { clip: 'CLIP_MODEL, /labels model, model:', detector: 'DETECTOR_MODEL' },
  howTo:
    'Get one with "models pull ID" (--dtype q8 for a smaller variant), then name it in CLIP_MODEL, in /labels model or behind model:. ' +
    'Any CLIP or SigLIP model in the layout of transformers.js works; an OWL-ViT goes into DETECTOR_MODEL instead.',
  pulled: ({ id, kind, dtype, revision }, megabytes) => {
    const use = kind === 'detector' ? forDetector(id, dtype) : `CLIP_MODEL=${id}, /labels model ${id} or model:${id}`;
    return `${id} (${dtype}) is here, whole: ${megabytes} MB, revision ${revision.slice(0, 12)}. Use it with ${use}`;
  },
  intact: ({ id, dtype, files }) => `${id} (${dtype}): all ${files} files are as the hub described them.`,
  unfinished: (id) =>
    `${id} is not whole here. Go on with "models pull ${id}" (with the same --dtype), or clear it away with "models remove ${id}".`,
  removed: (id, megabytes) => `${id} is removed: ${megabytes} MB are free again.`,
  nothingHere: 'No model was fetched yet. "models list" shows some that work.',
};

const ko: ModelsTexts = {
  bundled: 'Cliplens에 들어 있는 모델',
  bundledColumns: ['모델', '언어', '용도'],
  known: '잘 되는 것으로 알려진 모델',
  columns: ['모델', 'dtype별 MB', '메모리 MB', '있음', '언어', '라이선스', '용도'],
  others: '그 밖에 받은 모델',
  otherColumns: ['모델', 'dtype', 'MB', '메모리 MB', '적을 곳'],
  uses: { clip: 'CLIP_MODEL, /labels model, model:', detector: 'DETECTOR_MODEL' },
  howTo:
    '"models pull 아이디" 로 받으세요 (작은 것은 --dtype q8). 받은 뒤 CLIP_MODEL, /labels model, model: 에 이름을 적으면 됩니다. ' +
    'transformers.js 구조로 된 CLIP이나 SigLIP 모델이면 무엇이든 되고, OWL-ViT는 DETECTOR_MODEL 에 적습니다.',
  pulled: ({ id, kind, dtype, revision }, megabytes) => {
    const use = kind === 'detector' ? forDetector(id, dtype) : `CLIP_MODEL=${id}, /labels model ${id}, model:${id}`;
    return `${id} (${dtype}) 모델을 온전히 받았습니다: ${megabytes} MB, 리비전 ${revision.slice(0, 12)}. ${use} 로 쓰세요`;
  },
  intact: ({ id, dtype, files }) => `${id} (${dtype}): 파일 ${files}개가 모두 허브의 기록과 같습니다.`,
  unfinished: (id) =>
    `${id} 모델은 다 받지 못했습니다. "models pull ${id}" 로 이어 받거나(--dtype 은 그때와 같게) "models remove ${id}" 로 지우세요.`,
  removed: (id, megabytes) => `${id} 모델을 지웠습니다. ${megabytes} MB가 비었습니다.`,
  nothingHere: '아직 받은 모델이 없습니다. "models list" 에서 쓸 수 있는 모델을 보세요.',
};

export const modelsTexts: Record<Locale, ModelsTexts> = { en, ko };

function forDetector(id: string, dtype: string): string {
  return `DETECTOR_MODEL=${dtype === 'fp32' ? id : `${id}:${dtype}`}`;
}
