import type { Locale } from '../locale.ts';

/** Whole seconds, or minutes where it is more than a minute and a half; rounded up, so that nobody waits longer than was said. */
export function duration(locale: Locale, seconds: number): string {
  const [value, unit] = seconds < 90 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
