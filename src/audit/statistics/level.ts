import { normalPoint } from './normal.ts';

/** One level for everything: every interval holds 1 - ALPHA, and every verdict is at ALPHA. */
export const ALPHA = 0.05;

/** Standard errors to each side of an interval. */
export const Z = normalPoint(1 - ALPHA / 2);

/** What a probe should have a chance of to find what is there. */
export const POWER = 0.8;

/** A value and the interval that holds it at the level above. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
