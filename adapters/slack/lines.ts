import { type CommandDescription, findDescription } from '../../src/chat/describe.ts';
import type { Line } from '../../src/chat/line.ts';

/** An address, and what ends the part of a sentence that it stands in, which is no part of it. */
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>",.;:!?\uff0c\u3001\u3002])[,.;:!?\uff0c\u3001\u3002]*/g;

/** A line, and the addresses of images that it names. */
export interface ReadLine {
  line: Line;
  addresses: readonly string[];
}

/** Reads a line with `parse`. Where its command takes images, addresses in it are images and no part of its options. */
export function readLine(
  text: string,
  commands: readonly CommandDescription[],
  parse: (text: string, commands: readonly CommandDescription[]) => Line,
): ReadLine {
  const addresses = [...text.matchAll(ADDRESS)].map(([, address = '']) => address).filter((one) => URL.canParse(one));
  const line = parse(text.replace(ADDRESS, ' '), commands);
  const takesImages = (findDescription(commands, line)?.images.max ?? 0) > 0;
  return addresses.length > 0 && takesImages ? { line, addresses } : { line: parse(text, commands), addresses: [] };
}
