import type { Locale } from '../src/chat/locale.ts';
import type { ReplyFile, ReplyImage } from '../src/chat/reply.ts';
import { drawContactSheet, thumbnail } from '../src/draw/contact-sheet.ts';
import { drawLineChart } from '../src/draw/line-chart.ts';
import { drawMatrix } from '../src/draw/matrix.ts';
import type { Drawing } from '../src/draw/raster.ts';
import { toCsv } from '../src/evaluation/csv.ts';
import { confusionOf, type FewShotReport, worstMistakes } from '../src/evaluation/few-shot.ts';
import { decode } from '../src/image/decode.ts';
import { fewShotTexts } from './few-shot.texts.ts';
import { warningOf } from './warned.ts';

const SHEET = { columns: 3, side: 192, most: 9 };

/** The chart, the confusion and the surest mistakes of the round with the most examples. */
export async function drawFewShot(report: FewShotReport, locale: Locale): Promise<ReplyImage[]> {
  const texts = fewShotTexts[locale];
  const [zero, ...learned] = report.rounds;
  const last = learned.at(-1) ?? zero;
  if (!zero || !last) return [];
  const image = (name: string, { bytes, mediaType }: Drawing, alt: string): ReplyImage => {
    return { name: `${name}.png`, mediaType, bytes, alt };
  };
  const star = { tick: '0', ...zero.accuracy };
  const points = learned.map(({ shots, accuracy }) => ({ tick: String(shots), ...accuracy }));
  const { heading, above, below, alt } = texts.chart;
  const mistakes = worstMistakes(report, last, SHEET.most);
  const tiles = mistakes.map(async (mistake) => {
    const picture = await decode(mistake.picture.name, await mistake.picture.read());
    return { image: await thumbnail(picture, SHEET.side), caption: texts.mistakes.caption(mistake) };
  });
  const drawn = [
    image(
      'few-shot',
      await drawLineChart({
        heading: heading(report),
        above,
        star,
        points,
        below,
        footer: [...texts.footer(report), ...warningOf(report.model, locale)],
      }),
      alt(report),
    ),
    image(
      'confusion',
      await drawMatrix({
        title: texts.confusion.title(last),
        axes: texts.confusion.axes(last),
        labels: report.classes,
        counts: confusionOf(report, last),
      }),
      texts.confusion.alt(report),
    ),
  ];
  if (mistakes.length === 0) return drawn;
  const { title, note } = texts.mistakes;
  const sheet = { title: title(last), note, columns: SHEET.columns, tiles: await Promise.all(tiles) };
  return [...drawn, image('mistakes', await drawContactSheet(sheet), texts.mistakes.alt(mistakes))];
}

/** All figures: `rounds.csv` with a line for each draw, `pictures.csv` with one for each picture and number of examples. */
export function fewShotFiles(report: FewShotReport, locale: Locale): ReplyFile[] {
  const { classes, pictures, rounds } = report;
  const draws = rounds.flatMap(({ shots, accuracies }) =>
    accuracies.map((accuracy, draw) => [shots, draw + 1, accuracy.toFixed(4)]),
  );
  const answers = rounds.flatMap(({ shots, answers }) =>
    pictures.flatMap(({ name, label }, i) => {
      const own = answers[i] ?? [];
      const right = own.filter(({ answer }) => classes[answer] === label).length;
      const [best] = own.toSorted((a, b) => b.probability - a.probability);
      if (!best) return [];
      return [[name, label, shots, own.length, right, classes[best.answer] ?? '', best.probability.toFixed(4)]];
    }),
  );
  const { files } = fewShotTexts[locale];
  const csv = (name: string, rows: (string | number)[][], description: string): ReplyFile => {
    return { name, mediaType: 'text/csv', bytes: new TextEncoder().encode(toCsv(rows)), description };
  };
  return [
    csv('rounds.csv', [['shots', 'draw', 'accuracy'], ...draws], files.rounds),
    csv(
      'pictures.csv',
      [['image', 'class', 'shots', 'asked', 'right', 'surest_answer', 'probability'], ...answers],
      files.pictures,
    ),
  ];
}

/** The results as JSON has them. */
export function fewShotData({ model, template, seed, classes, pictures, unread, twice, rounds }: FewShotReport) {
  const { id, family, dtype, sha256 } = model;
  return {
    model: { id, family, dtype, sha256 },
    template,
    seed,
    classes,
    images: pictures.length,
    rounds: rounds.map(({ shots, accuracy: { value, low, high }, accuracies }) => {
      return { shots, accuracy: { value, low, high }, accuracies };
    }),
    unread: unread.map(({ name, error }) => ({ image: name, reason: error.message })),
    twice,
  };
}
