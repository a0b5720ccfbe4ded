import { action, type Command } from '../src/chat/command.ts';
import type { Locale } from '../src/chat/locale.ts';
import { type ReplyImage, reply } from '../src/chat/reply.ts';
import type { Segmentation } from '../src/clip/locate.ts';
import { encodeIndexed } from '../src/draw/indexed-png.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import { category, PALETTE } from '../src/draw/palette.ts';
import { drawSegments } from '../src/draw/segments.ts';
import { loadOnlyPicture } from '../src/image/load.ts';
import type { Picture } from '../src/image/picture.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { noteCut } from './cut-texts.ts';
import { fileName } from './file-name.ts';
import { completeLabels } from './label-completion.ts';
import { LOCATED_PACE, locatedOptions, MOST_LOCATED } from './located.ts';
import { noteCloser } from './look-closer.ts';
import { completeModel } from './model-option.ts';
import { otherLabels, type Question, readQuestion } from './question.ts';
import { type SegmentFinding, segmentTexts } from './segment.texts.ts';
import { warningOf } from './warned.ts';

export const segment: Command<Services> = {
  kind: 'action',
  name: 'segment',
  korean: '나누기',
  action: action<Services, typeof locatedOptions>({
    description: {
      en: 'Colour each part of an image by the label that fits it, and see how much each covers',
      ko: '이미지의 곳곳을 맞는 라벨의 색으로 칠하고 얼마나 덮는지 보기',
    },
    options: locatedOptions,
    images: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: LOCATED_PACE },
    completers: { labels: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const asked = { labels: options.labels, template: options.template, model: options.model };
      const question = await readQuestion(asked, { least: 1, most: MOST_LOCATED }, channel, services);
      const { labels, template, model, info } = question;
      const picture = await loadOnlyPicture(images);
      const mask = await model.segment(picture, { labels, template });
      const finding: SegmentFinding = { name: picture.name, covered: coverage(mask, labels) };
      const texts = segmentTexts[locale];
      const isAllFound = finding.covered.every(({ share }) => share > 0);
      const about = [
        ...noteCloser(picture, isAllFound, locale),
        texts.about,
        ...(await noteCut(labels, template, model, locale)),
        ...cautions(labels, info, locale),
      ];
      const maskName = fileName(picture.name, 'mask', { mediaType: 'image/png' });
      const colours = [PALETTE.paper, ...labels.map((_, kind) => category(kind).colour)];
      const [image, bytes] = await Promise.all([
        draw(picture, mask, finding, question, locale),
        encodeIndexed(mask, colours),
      ]);
      return reply([texts.answer(finding, info), ...about].join('\n'), {
        images: [image],
        files: [{ name: maskName, mediaType: 'image/png', bytes, description: texts.mask(finding) }],
        buttons: [otherLabels('segment', question, options.model, locale)],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          template,
          coverage: Object.fromEntries(finding.covered.map(({ label, share }) => [label, share])),
          mask: maskName,
        },
      });
    },
  }),
};

function coverage({ values }: Segmentation, labels: readonly string[]): { label: string; share: number }[] {
  const counts = new Float64Array(labels.length + 1);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return labels.map((label, i) => ({ label, share: (counts[i + 1] ?? 0) / values.length }));
}

async function draw(
  picture: Picture,
  mask: Segmentation,
  finding: SegmentFinding,
  { info, template }: Question,
  locale: Locale,
): Promise<ReplyImage> {
  const texts = segmentTexts[locale];
  const drawing = await drawSegments({
    heading: texts.heading(finding),
    picture,
    mask,
    labels: finding.covered.map(({ label, share }) => ({ text: label, figure: formatPercent(share) })),
    notes: [texts.rest(finding)],
    footer: [texts.about, ...texts.footer(info, template), ...warningOf(info, locale)],
  });
  return {
    name: fileName(picture.name, 'segmented', drawing),
    mediaType: drawing.mediaType,
    bytes: drawing.bytes,
    alt: texts.alt(finding, info),
  };
}
