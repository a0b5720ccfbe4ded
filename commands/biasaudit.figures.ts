import type { Rate } from '../src/audit/rates.ts';
import type { Estimate } from '../src/audit/statistics/level.ts';

/** `+1.93`, with a true minus sign. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return digits === '0.00' ? digits : `${value < 0 ? '\u2212' : '+'}${digits}`;
}

/** `+1.93 [+1.20, +2.64]` */
export function withInterval({ value, low, high }: Estimate): string {
  return `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}

/** `-0.60 … -0.07`, over prompts */
export function rangeOf({ least, most }: { least: number; most: number }): string {
  return `${signed(least)} … ${signed(most)}`;
}

/** `p = .012`; never zero. */
export function likelihood(p: number): string {
  if (p < 0.001) return 'p < .001';
  return `p = ${p >= 0.9995 ? '1' : p.toFixed(3).slice(1)}`;
}

/** A change of a share in points: `+17 [+2, +31]`. */
export function points({ value, low, high }: Estimate): string {
  const one = (share: number) => `${share < 0 ? '\u2212' : '+'}${Math.abs(Math.round(100 * share))}`;
  return `${one(value)} [${one(low)}, ${one(high)}]`;
}

export function percents({ low, high }: Rate): readonly [low: number, high: number] {
  return [Math.round(100 * low), Math.round(100 * high)];
}
