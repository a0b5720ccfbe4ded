import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { dot } from '../src/clip/vectors.ts';
import { drawCosineMatrix } from '../src/draw/cosine-matrix.ts';
import { UserError } from '../src/errors.ts';
import { loadPicture } from '../src/image/load.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { type MatrixFinding, matrixTexts } from './matrix.texts.ts';
import { completeModel, modelOption } from './model-option.ts';
import { readQuestion } from './question.ts';
import { templateOption } from './template-option.ts';
import { warningOf } from './warned.ts';

/** More rows or columns than this cannot be read on a phone. */
const SIDE = { least: 2, most: 10 };

const PACE: Pace = { person: { uses: 4, seconds: 10 }, channel: { uses: 30, seconds: 10 } };

const options = z.object({
  texts: option(
    z.string().optional(),
    {
      korean: '글',
      en: "Two to ten texts with commas, in the order of the images; else the channel's labels",
      ko: '이미지와 같은 차례로 쉼표로 나눈 글 2~10개. 없으면 채널의 라벨',
    },
    { main: true },
  ),
  template: templateOption,
  model: modelOption,
});

export const matrix: Command<Services> = {
  kind: 'action',
  name: 'matrix',
  korean: '행렬',
  action: action<Services, typeof options>({
    description: {
      en: 'Compare several images with several texts, as CLIP does while it learns',
      ko: '여러 이미지와 여러 글을 CLIP이 배울 때처럼 서로 견주기',
    },
    options,
    images: { min: 1, max: SIDE.most },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { texts: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const asked = { labels: options.texts, template: options.template, model: options.model };
      const question = await readQuestion(asked, { ...SIDE, option: 'texts' }, channel, services);
      if (images.length < SIDE.least) throw new UserError('too-few-images', { limit: SIDE.least });
      const { labels: texts, template, model, info } = question;
      const pictures = await Promise.all(images.map(loadPicture));
      const [rows, columns] = await Promise.all([model.embedImages(pictures), model.embedLabels(texts, template)]);
      const cosines = rows.map((row) => columns.map((column) => dot(row, column)));
      const finding = findPairs(
        pictures.map(({ name }) => name),
        texts,
        cosines,
      );
      const words = matrixTexts[locale];
      const heading = words.heading(finding);
      const footer = [...words.footer(info, template), ...warningOf(info, locale)];
      const drawing = await drawCosineMatrix({ heading, pictures, texts, cosines, key: words.key, footer });
      return reply([words.answer(finding), words.training(info), ...cautions(texts, info, locale)].join('\n'), {
        images: [
          {
            name: fileName(pictures[0]?.name ?? '', 'matrix', drawing),
            mediaType: drawing.mediaType,
            bytes: drawing.bytes,
            alt: words.alt(finding, info),
          },
        ],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          template,
          images: pictures.map(({ name }) => name),
          texts,
          cosines,
        },
      });
    },
  }),
};

function findPairs(
  names: readonly string[],
  texts: readonly string[],
  cosines: readonly (readonly number[])[],
): MatrixFinding {
  const pairs = Math.min(names.length, texts.length);
  const hits = cosines.slice(0, pairs).filter((row, i) => row[i] === Math.max(...row)).length;
  return { names, texts, cosines, pairs, hits };
}
