import { RESAMPLES, SLACK } from './resampling.ts';

/** Up to so many differences, every one of the 2^n patterns of signs is tried. */
const EXACT_UP_TO = 16;

/**
 * How likely a mean of paired differences is that is as far from zero, if each difference might as well have had the
 * other sign. Exact for few pairs; else with the observed one counted in, so that it is never zero (Phipson and Smyth 2010).
 */
export function signFlipTest(differences: readonly number[], random: () => number): number {
  const values = Float64Array.from(differences);
  const observed = Math.abs(values.reduce((sum, value) => sum + value, 0));
  const limit = observed - SLACK * values.reduce((sum, value) => sum + Math.abs(value), 0);
  return values.length <= EXACT_UP_TO ? allSigns(values, limit) : drawnSigns(values, limit, random);
}

/** Goes from pattern to pattern by one sign each, in Gray's order. */
function allSigns(values: Float64Array, limit: number): number {
  const signed = values.slice();
  let sum = signed.reduce((total, value) => total + value, 0);
  const patterns = 2 ** values.length;
  let asFar = 1;
  for (let i = 1; i < patterns; i += 1) {
    const at = 31 - Math.clz32(i & -i);
    const value = signed[at] ?? 0;
    signed[at] = -value;
    sum -= 2 * value;
    if (Math.abs(sum) >= limit) asFar += 1;
  }
  return asFar / patterns;
}

function drawnSigns(values: Float64Array, limit: number, random: () => number): number {
  let asFar = 0;
  for (let draw = 0; draw < RESAMPLES; draw += 1) {
    let sum = 0;
    let signs = 0;
    for (let i = 0; i < values.length; i += 1) {
      // One number from 0 to 1 has 32 random bits: 32 signs.
      signs = i % 32 === 0 ? Math.floor(random() * 2 ** 32) : signs >>> 1;
      sum += (signs & 1) === 1 ? (values[i] ?? 0) : -(values[i] ?? 0);
    }
    if (Math.abs(sum) >= limit) asFar += 1;
  }
  return (1 + asFar) / (1 + RESAMPLES);
}
