import { readFileSync } from 'node:fs';
import { z } from 'zod';

const shift = z.object({ shift: z.number(), interval: z.tuple([z.number(), z.number()]) });
const pairs = z.record(z.string(), z.object({ gender: shift, skin: shift }));
const styles = z.record(z.enum(['twemoji', 'noto']), z.object({ pairs }));

export type Shift = z.infer<typeof shift>;

/** A file of the repository, as text. */
export function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** What `tools/demo-model/associations.py` measured in `run`: by model, drawing style and pair of labels. */
export function associations<const Model extends string>(run: string, models: readonly Model[]) {
  return z.record(z.enum(models), styles).parse(JSON.parse(read(`tools/demo-model/run/${run}`)));
}

/** As it stands in a card. */
export function cell({ shift, interval: [low, high] }: Shift): string {
  return `${signed(shift)} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return value < 0 ? value.toFixed(2) : `+${Math.abs(value).toFixed(2)}`;
}
