import sharp from 'sharp';
import { PromiseCache } from '../promise-cache.ts';

export interface TextStyle {
  /** Pixels per em. */
  size: number;
  bold: boolean;
  /** A CSS colour. */
  fill: string;
}

interface FittedText {
  lines: readonly string[];
  /** Pixels, of the widest line. */
  width: number;
  rightToLeft: boolean;
}

const ELLIPSIS = '…';
const MEASURED_AT = 2;
const FIRST_LETTER_IS_RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const UNDRAWABLE_OR_SPACE = /[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu;
/** In a line of its own, a percent sign would say nothing. */
const BEFORE_PERCENT = /(?<=\d) (?=%)/g;

const graphemesOf = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Text as SVG and Pango markup both read it literally. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const fitted = new PromiseCache<FittedText>(1000);

/**
 * Breaks `text` into at most `maxLines` lines of at most `width` pixels, at spaces where it can, never between a
 * figure and its percent sign, and ends it with an ellipsis where it is too long. Spaces are collapsed; control characters, which neither XML nor a font has, are dropped.
 */
export function fitText(text: string, style: TextStyle, width: number, maxLines: number): Promise<FittedText> {
  const key = JSON.stringify([text, style.size, style.bold, width, maxLines]);
  return fitted.get(key, () => breakLines(text, style, width, maxLines));
}

async function breakLines(text: string, style: TextStyle, width: number, maxLines: number): Promise<FittedText> {
  const clean = text.replace(UNDRAWABLE_OR_SPACE, ' ').trim().replace(BEFORE_PERCENT, '\u00a0');
  const rightToLeft = FIRST_LETTER_IS_RIGHT_TO_LEFT.test(clean);
  const cleanWidth = await measure(clean, style);
  if (cleanWidth <= width) return { lines: [clean], width: cleanWidth, rightToLeft };

  const lines: string[] = [];
  let rest = clean;
  let restWidth = cleanWidth;
  while (restWidth > width && lines.length < maxLines - 1) {
    const longest = await longestPrefix(rest, '', restWidth, style, width);
    const space = rest.slice(0, longest.length + 1).lastIndexOf(' ');
    const line = space > 0 ? rest.slice(0, space) : longest;
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
    restWidth = await measure(rest, style);
  }
  if (restWidth > width) rest = (await longestPrefix(rest, ELLIPSIS, restWidth, style, width)).trimEnd() + ELLIPSIS;
  lines.push(rest);
  const widths = await Promise.all(lines.map((line) => measure(line, style)));
  return { lines, width: Math.max(...widths), rightToLeft };
}

/**
 * The most graphemes of `text`, at least one, that fit together with `suffix`. As the width of a text grows about evenly
 * with its length, `textWidth` tells where to look first: three or four measurements, where halving would take seven.
 */
async function longestPrefix(
  text: string,
  suffix: string,
  textWidth: number,
  style: TextStyle,
  width: number,
): Promise<string> {
  const ends = Array.from(graphemesOf.segment(text), ({ index, segment }) => index + segment.length);
  let fitting = { count: 0, width: 0 };
  let tooLong = { count: ends.length, width: textWidth };
  while (tooLong.count - fitting.count > 1) {
    const share = (width - fitting.width) / (tooLong.width - fitting.width);
    const guess = Math.round(fitting.count + share * (tooLong.count - fitting.count));
    const count = Math.min(Math.max(guess, fitting.count + 1), tooLong.count - 1);
    const tried = { count, width: await measure(text.slice(0, ends[count - 1]) + suffix, style) };
    if (tried.width <= width) fitting = tried;
    else tooLong = tried;
  }
  return text.slice(0, ends[Math.max(0, fitting.count - 1)]);
}

/** The width of one line in pixels. Measured larger than drawn, because Pango rounds glyphs to whole pixels. */
export async function measure(text: string, { size, bold }: TextStyle): Promise<number> {
  const font = `Pretendard ${bold ? 'Bold ' : ''}${size}`;
  try {
    const { width } = await sharp({ text: { text: escapeMarkup(text), font, dpi: 72 * MEASURED_AT } }).metadata();
    return width / MEASURED_AT;
  } catch (error) {
    // What libvips says of a text that leaves no ink, such as a zero-width space alone.
    if (text === '' || String(error).includes('no text to render')) return 0;
    throw error;
  }
}
