import type { Picture } from '../image/picture.ts';
import { type Block, paragraph, stack } from './block.ts';
import type { Canvas } from './canvas.ts';
import { number, shade } from './cells.ts';
import { lineHeight } from './lettering.ts';
import { formatCosine } from './numbers.ts';
import { PALETTE } from './palette.ts';
import type { Drawing } from './raster.ts';
import { drawSheet, SHEET_WIDTH } from './sheet.ts';
import { drawStage, fitPicture } from './stage.ts';
import type { TextStyle } from './text.ts';

export interface CosineMatrixDrawing {
  heading: string;
  pictures: readonly Picture[];
  /** Named below the matrix by the numbers of their columns. */
  texts: readonly string[];
  /** A row for each picture, a column for each text. */
  cosines: readonly (readonly number[])[];
  /** Says what frame and triangles mean. */
  key: string;
  footer: readonly string[];
}

const HEAD = 88;
const LARGEST_CELL = 96;
const FRAME = 4;
const TRIANGLE = 12;
const COLUMN: TextStyle = { size: 22, bold: true, fill: PALETTE.ink };
const TEXT: TextStyle = { size: 22, bold: false, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };
/** Cells narrower than this have room for two decimals only. */
const THREE_DECIMALS = 70;

/**
 * Cosines of pictures, as heads of the rows, and texts. Darkness is the cosine between the least and the most there is;
 * the diagonal has a frame, the best of a row a triangle at its left, the best of a column one at its top: no colour is needed.
 */
export async function drawCosineMatrix(drawing: CosineMatrixDrawing): Promise<Drawing> {
  const matrix = await drawCells(drawing);
  const names = await Promise.all(drawing.texts.map((text, i) => paragraph(`${i + 1} ${text}`, TEXT, SHEET_WIDTH, 2)));
  const key = await paragraph(drawing.key, SMALL, SHEET_WIDTH, 4);
  const lossy = drawing.pictures.every((picture) => picture.lossy);
  return drawSheet(drawing.heading, [matrix, stack(names, 4), key], drawing.footer, lossy);
}

async function drawCells({ pictures, texts, cosines }: CosineMatrixDrawing): Promise<Block> {
  const cell = Math.min(LARGEST_CELL, Math.floor((SHEET_WIDTH - HEAD) / texts.length));
  const row = Math.min(HEAD, Math.max(56, cell));
  const size = cell < 60 ? 18 : 22;
  const heads = await Promise.all(
    pictures.map((picture) => {
      const box = { width: HEAD - 8, height: row - 4 };
      return drawStage(picture, within(fitPicture(picture, box), box), box);
    }),
  );
  const all = cosines.flat();
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const top = lineHeight(COLUMN) + 4;
  const columns = await Promise.all(texts.map((_, k) => number(String(k + 1), COLUMN, cell)));
  const cells = await Promise.all(
    cosines.map((values, i) =>
      Promise.all(
        values.map(async (cosine, k): Promise<Block> => {
          const share = most === least ? 0.5 : (cosine - least) / (most - least);
          const isBestOfRow = cosine === Math.max(...values);
          const isBestOfColumn = cosine === Math.max(...cosines.map((others) => others[k] ?? 0));
          const ink = share > 0.72 ? PALETTE.paper : PALETTE.ink;
          const style = { size, bold: isBestOfRow || isBestOfColumn, fill: ink };
          const figure = await number(shown(cosine, cell), style, cell - 2);
          return {
            height: row - 2,
            paint(canvas, x, y) {
              canvas.fill(x, y, cell - 2, row - 2, shade(share));
              if (i === k) frame(canvas, x, y, cell - 2, row - 2);
              if (isBestOfRow) pointer(canvas, x + 6, y + 12, 'right', ink);
              if (isBestOfColumn) pointer(canvas, x + Math.floor(cell / 2) - TRIANGLE / 2, y + 6, 'down', ink);
              figure.paint(canvas, x, y + row - 8 - lineHeight(style));
            },
          };
        }),
      ),
    ),
  );
  return {
    height: top + pictures.length * row,
    paint(canvas, left, y) {
      columns.forEach((column, k) => {
        column.paint(canvas, left + HEAD + k * cell, y);
      });
      heads.forEach((head, i) => {
        canvas.paste(head, left, y + top + i * row);
        cells[i]?.forEach((block, k) => {
          block.paint(canvas, left + HEAD + k * cell, y + top + i * row);
        });
      });
    },
  };
}

/** A tiny picture is enlarged by `fitPicture`, maybe beyond its box. */
function within({ width, height }: { width: number; height: number }, box: { width: number; height: number }) {
  const scale = Math.min(1, box.width / width, box.height / height);
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

function shown(cosine: number, cell: number): string {
  return cell >= THREE_DECIMALS ? formatCosine(cosine) : formatCosine(cosine, 2).replace('0.', '.');
}

function frame(canvas: Canvas, left: number, top: number, width: number, height: number): void {
  canvas.fill(left, top, width, FRAME, PALETTE.ink);
  canvas.fill(left, top + height - FRAME, width, FRAME, PALETTE.ink);
  canvas.fill(left, top, FRAME, height, PALETTE.ink);
  canvas.fill(left + width - FRAME, top, FRAME, height, PALETTE.ink);
}

function pointer(canvas: Canvas, left: number, top: number, to: 'right' | 'down', colour: string): void {
  for (let i = 0; i < TRIANGLE / 2; i++) {
    const length = TRIANGLE - 2 * i;
    if (to === 'right') canvas.fill(left + i, top + i, 1, length, colour);
    else canvas.fill(left + i, top + i, length, 1, colour);
  }
}
