import { fileURLToPath } from 'node:url';
import { ROOT } from '../root.ts';

/** The models that come with Cliplens: the folder of each, by name. */
export const BUNDLED: ReadonlyMap<string, string> = new Map(
  ['demo', 'demo-biased'].map((name) => [name, fileURLToPath(new URL(`models/${name}`, ROOT))]),
);
