import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { MAX_LABELS, parseText } from '../src/chat/labels.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { classify, type Score, withVectors } from '../src/clip/classify.ts';
import { drawContactSheet, thumbnail } from '../src/draw/contact-sheet.ts';
import { stickOn } from '../src/draw/sticker.ts';
import { UserError } from '../src/errors.ts';
import { loadOnlyPicture } from '../src/image/load.ts';
import { dropAlpha, shiftPicture } from '../src/image/shifts.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { labelsOption } from './labels-option.ts';
import { completeModel, modelOption } from './model-option.ts';
import { readQuestion } from './question.ts';
import { type StressFinding, stressTexts, type Trial } from './stress.texts.ts';
import { templateOption } from './template-option.ts';
import { warningOf } from './warned.ts';

const COLUMNS = 3;
const SIDE = 192;

/** An answer takes fourteen encodings. */
const PACE: Pace = { person: { uses: 3, seconds: 15 }, channel: { uses: 20, seconds: 15 } };

const options = z.object({
  labels: labelsOption,
  word: option(z.string().optional(), {
    korean: '글자',
    en: 'What is written on the picture; else the second best label',
    ko: '그림에 붙일 글자. 없으면 둘째로 맞는 라벨',
  }),
  template: templateOption,
  model: modelOption,
});

export const stress: Command<Services> = {
  kind: 'action',
  name: 'stress',
  korean: '흔들기',
  action: action<Services, typeof options>({
    description: {
      en: 'See which changes of an image the answer survives: blur, sketch, a written word and more',
      ko: '이미지를 흐리거나 스케치로 바꾸거나 글자를 붙여도 답이 버티는지 보기',
    },
    options,
    images: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { labels: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const { labels, template, model, info } = await readQuestion(
        options,
        { least: 2, most: MAX_LABELS },
        channel,
        services,
      );
      const word = parseText(options.word ?? '');
      const picture = await loadOnlyPicture(images);
      const [image, vectors, shifted] = await Promise.all([
        model.embedImage(picture),
        model.embedLabels(labels, template),
        shiftPicture(picture),
      ]);
      const named = withVectors(labels, vectors);
      const [original, second] = classify(image, named, info);
      if (!original || !second) throw new UserError('too-few-labels', { limit: 2 });
      const written = word || second.label;
      const changed = [
        ...shifted,
        { shift: 'written' as const, picture: await stickOn(await dropAlpha(picture), written) },
      ];
      const embedded = await model.embedImages(changed.map((each) => each.picture));
      const answers = embedded.map((vector) => classify(vector, named, info));
      const trials = changed.map(({ shift }, i): Trial => {
        const best = answers[i]?.[0] ?? original;
        return { shift, best, holds: best.label === original.label };
      });
      const finding: StressFinding = { name: picture.name, original, trials, written };
      const texts = stressTexts[locale];
      const tiles = await Promise.all([
        tile(picture, texts.caption(texts.names.original, original, true)),
        ...changed.map((each, i) => {
          const { best, holds } = trials[i] ?? { best: original, holds: true };
          return tile(each.picture, texts.caption(texts.names[each.shift], best, holds));
        }),
      ]);
      const note = [texts.note(info, template), ...warningOf(info, locale)].join(' ');
      const title = texts.heading(finding);
      const drawing = await drawContactSheet({ title, note, columns: COLUMNS, tiles });
      const hasForeground = shifted.some(({ shift }) => shift === 'silhouette');
      const about = [hasForeground ? texts.foreground : texts.noForeground, texts.lesson];
      return reply([texts.answer(finding), ...about, ...cautions(labels, info, locale)].join('\n'), {
        images: [
          {
            name: fileName(picture.name, 'stress', drawing),
            mediaType: drawing.mediaType,
            bytes: drawing.bytes,
            alt: texts.alt(finding, info),
          },
        ],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          image: picture.name,
          written,
          original: { ...original },
          shifts: trials.map(({ shift, holds }, i) => ({ shift, holds, scores: plain(answers[i] ?? []) })),
        },
      });
    },
  }),
};

async function tile(picture: Parameters<typeof thumbnail>[0], caption: string) {
  return { image: await thumbnail(picture, SIDE), caption };
}

function plain(scores: readonly Score[]) {
  return scores.map(({ label, probability, similarity }) => ({ label, probability, similarity }));
}
