import sharp from 'sharp';

/** Pictures in which nothing is found: columns, rows, and what to do then, in English and in Korean. */
export const BLANKS = [
  [200, 200, 'cut the picture closer to it or try another word', '그 둘레를 잘라 보내거나 다른 낱말을'],
  [3000, 40, 'Cut out a part and ask about that', '한 부분을 잘라 다시 물어보세요'],
] as const;

/** A PNG of one colour. */
export function blank(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#789' } })
    .png()
    .toBuffer();
}
