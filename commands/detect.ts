import { action, type Command } from '../src/chat/command.ts';
import type { Locale } from '../src/chat/locale.ts';
import { type ReplyImage, reply } from '../src/chat/reply.ts';
import { drawBoxes } from '../src/draw/boxes.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import { loadOnlyPicture } from '../src/image/load.ts';
import type { Picture } from '../src/image/picture.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { noteCut } from './cut-texts.ts';
import { type DetectFinding, detectTexts, type FinderInfo } from './detect.texts.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { LOCATED_PACE, locatedOptions, MOST_LOCATED } from './located.ts';
import { noteCloser } from './look-closer.ts';
import { chooseFinder, completeModel, finderOption } from './model-option.ts';
import { otherLabels, readTexts, type Texts } from './question.ts';
import { warningOf } from './warned.ts';

const detectOptions = locatedOptions.extend({ model: finderOption });

export const detect: Command<Services> = {
  kind: 'action',
  name: 'detect',
  korean: '찾기',
  onMessage: { en: 'Where?', ko: '어디?' },
  action: action<Services, typeof detectOptions>({
    description: {
      en: 'Find where your labels are in an image, with a box around each',
      ko: '라벨이 이미지의 어디에 있는지 찾아 상자로 표시하기',
    },
    options: detectOptions,
    images: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: LOCATED_PACE },
    completers: { labels: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const question = await readTexts(options, { least: 1, most: MOST_LOCATED }, channel, services);
      const { labels, template } = question;
      const finder = await chooseFinder(options.model, channel, services);
      const info = await finder.info();
      const side = info.family === 'owlvit' ? info.side : undefined;
      const picture = await loadOnlyPicture(images, side);
      const boxes = await finder.detect(picture, question);
      const missing = labels.filter((label) => boxes.every((box) => box.label !== label));
      const finding: DetectFinding = { picture, boxes, missing };
      const texts = detectTexts[locale];
      const about = [
        ...noteCloser(picture, missing.length === 0, locale),
        texts.score(info.family),
        ...(await noteCut(labels, template, finder, locale)),
        ...cautions(labels, info, locale),
      ];
      return reply([texts.answer(finding, info), ...about].join('\n'), {
        images: [await draw(picture, finding, { ...question, info }, locale)],
        buttons: [otherLabels('detect', question, options.model, locale)],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          template,
          boxes: boxes.map(({ label, score, x, y, width, height }) => ({ label, score, x, y, width, height })),
        },
      });
    },
  }),
};

async function draw(
  picture: Picture,
  finding: DetectFinding,
  { labels, info, template }: Texts & { info: FinderInfo },
  locale: Locale,
): Promise<ReplyImage> {
  const texts = detectTexts[locale];
  const { boxes, missing } = finding;
  const drawing = await drawBoxes({
    heading: texts.heading(finding),
    picture,
    boxes: boxes.map((box) => ({ ...box, kind: labels.indexOf(box.label), figure: formatPercent(box.score) })),
    notes: missing.length > 0 ? [texts.notFound(missing)] : [],
    footer: [texts.score(info.family), texts.footer(info, template), ...warningOf(info, locale)],
  });
  return {
    name: fileName(picture.name, 'detected', drawing),
    mediaType: drawing.mediaType,
    bytes: drawing.bytes,
    alt: texts.alt(finding, info),
  };
}
