import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Locale } from '../src/chat/locale.ts';
import { reply } from '../src/chat/reply.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { Services } from '../src/services.ts';
import { chooseModel, completeModel, modelOption } from './model-option.ts';

const options = z.object({ model: modelOption });

export const about: Command<Services> = {
  kind: 'action',
  name: 'about',
  korean: '소개',
  action: action<Services, typeof options>({
    description: {
      en: 'Which model answers, what it is good and bad at, and what is stored',
      ko: '어떤 모델이 답하는지, 무엇을 잘하고 못하는지, 무엇을 저장하는지',
    },
    options,
    images: { min: 0, max: 0 },
    policy: { who: 'everyone', visibility: 'private' },
    completers: { model: completeModel },

    async execute({ options, channel, locale }, services) {
      const info = await (await chooseModel(options.model, channel, services)).info();
      const names = await services.models.names();
      const detector = services.models.detector?.name;
      return reply(texts[locale](info, names, detector), {
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          licence: info.licence,
          languages: info.languages,
          goodAt: info.goodAt[locale],
          badAt: info.badAt[locale],
          models: names,
          detector,
        },
      });
    },
  }),
};

/** What a dtype costs and saves; the figures of 8 bits are those of tools/quantise/README.md. */
const precision: Record<Locale, (dtype: string) => string> = {
  en: (dtype) => {
    if (dtype === 'fp32') return 'fp32: nothing was rounded, so it is the default.';
    if (dtype !== 'q8')
      return `Its ${dtype} files are smaller than fp32, and now and then another label comes out best.`;
    return 'q8: a quarter of the size of fp32, about 0.4 of the memory, and faster. In 3 (demo model) to 16 (random weights) of 100 pictures another label came out best.';
  },
  ko: (dtype) => {
    if (dtype === 'fp32') return 'fp32: 반올림하지 않은 파일이라 기본값입니다.';
    if (dtype !== 'q8') return `${dtype} 파일은 fp32보다 작은 대신, 가끔 다른 라벨이 첫째로 나옵니다.`;
    return 'q8: fp32에 견주어 크기는 4분의 1, 메모리는 0.4배쯤이고 더 빠릅니다. 그림 100장에 3장(데모 모델)에서 16장(무작위 가중치)은 다른 라벨이 첫째로 나왔습니다.';
  },
};

const texts: Record<Locale, (info: ModelInfo, names: readonly string[], detector: string | undefined) => string> = {
  en: (info, names, detector) =>
    [
      'Cliplens shows what CLIP, a model that compares images with texts, sees in an image.',
      `Model: ${info.id} (${info.family}, ${info.dtype}, sha256 ${info.sha256.slice(0, 12)}…). Licence: ${info.licence ?? 'not known'}.`,
      precision.en(info.dtype),
      `Good at: ${info.goodAt.en}`,
      `Bad at: ${info.badAt.en}`,
      `Models here: ${names.join(', ')}. Ask another with model:NAME, or choose it for the channel with /labels model NAME`,
      ...(detector ? [`Detector: ${detector} finds the boxes of /detect, where no other model is named.`] : []),
      'It says how well texts fit an image, not what is true. Do not use it to judge people.',
      "Stored: each channel's labels, template and model, and the last 20 changes of its labels so that /labels undo works; of images that were taught, a vector each, with its label, who added it and when, until /teach forget; for 30 days, what the buttons below answers in Discord and Slack do, with the address of the image they were asked for. " +
        'Images are not stored, not logged and sent nowhere else; answers on the local page are forgotten after 15 minutes.',
    ].join('\n'),
  ko: (info, names, detector) =>
    [
      'Cliplens는 이미지와 글을 견주는 모델 CLIP이 이미지에서 무엇을 보는지 보여 줍니다.',
      `모델: ${info.id} (${info.family}, ${info.dtype}, sha256 ${info.sha256.slice(0, 12)}…). 라이선스: ${info.licence ?? '알려지지 않음'}.`,
      precision.ko(info.dtype),
      `잘하는 것: ${info.goodAt.ko}`,
      `못하는 것: ${info.badAt.ko}`,
      `여기 있는 모델: ${names.join(', ')}. model:이름 으로 물어보거나 /labels model 이름 으로 채널의 모델을 정하세요`,
      ...(detector ? [`탐지 모델: 다른 모델을 적지 않으면 ${detector} 이 /detect 의 상자를 찾습니다.`] : []),
      '글이 이미지에 얼마나 맞는지를 말할 뿐, 사실을 말하지 않습니다. 사람을 판단하는 데 쓰지 마세요.',
      '저장하는 것: 채널의 라벨과 템플릿, 모델, 그리고 /labels undo 를 위한 최근 변경 20개. 가르친 이미지는 벡터와 라벨, 누가 언제 더했는지만 /teach forget 을 할 때까지. Discord와 Slack에서는 답 아래 버튼이 하는 일과 그 이미지의 주소를 30일 동안. 이미지는 저장하거나 기록하거나 다른 곳에 보내지 않으며, ' +
        '로컬 페이지의 답은 15분 뒤에 지워집니다.',
    ].join('\n'),
};
