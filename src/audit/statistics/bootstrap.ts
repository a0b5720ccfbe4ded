import { ALPHA, type Estimate } from './level.ts';
import { meanOf } from './moments.ts';
import { normalBelow, normalPoint } from './normal.ts';
import { RESAMPLES } from './resampling.ts';
import { freedomOf, studentPoint } from './student.ts';

/**
 * The mean of `a`, less that of `b` where there is one, with the BCa bootstrap's interval (Efron 1987). Each group is drawn
 * from by itself, so that none can shrink or vanish. What few values show of their spread is too little and itself unsure, so
 * both are made up for: by n - 1 in place of n, and by Student's t (Hesterberg 2015, The American Statistician 69:371).
 */
export function bootstrapMean(a: readonly number[], b: readonly number[] | undefined, random: () => number): Estimate {
  const groups = [a, ...(b ? [b] : [])];
  const strata = groups.map(stretched);
  const value = meanOf(a) - (b ? meanOf(b) : 0);
  const draws = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw += 1) {
    draws[draw] = strata.reduce((sum, values, i) => sum + (i === 0 ? 1 : -1) * drawnMean(values, random), 0);
  }
  draws.sort();
  // A mean that was resampled to itself counts half on either side.
  const below = (draws.filter((one) => one < value).length + draws.filter((one) => one <= value).length) / 2;
  const bias = normalPoint(below / RESAMPLES);
  const lean = acceleration(strata);
  const far = studentPoint(1 - ALPHA / 2, freedomOf(groups));
  const end = (distance: number) => {
    const reach = bias + distance;
    return quantile(draws, normalBelow(bias + reach / (1 - lean * reach)));
  };
  return { value, low: end(-far), high: end(far) };
}

/**
 * The mean of the first table, less that of the second where there is one, with the interval that holds for other rows and
 * other columns of the same kind: both are resampled, columns for both tables alike (the pigeonhole bootstrap, Owen 2007), and
 * few of either are made up for in the same way.
 */
export function twoWayBootstrap(tables: readonly (readonly (readonly number[])[])[], random: () => number): Estimate {
  const columns = tables[0]?.[0]?.length ?? 0;
  const strata = tables.map((rows) => Float64Array.from(rows.flat()));
  const weights = new Float64Array(columns);
  const draws = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw += 1) {
    weights.fill(0);
    for (let k = 0; k < columns; k += 1) {
      const at = Math.floor(random() * columns);
      weights[at] = (weights[at] ?? 0) + 1 / columns;
    }
    draws[draw] = strata.reduce((sum, cells, i) => sum + (i === 0 ? 1 : -1) * drawnRows(cells, weights, random), 0);
  }
  draws.sort();
  const means = tables.map((rows) => rows.map(meanOf));
  const value = means.reduce((sum, ofRows, i) => sum + (i === 0 ? 1 : -1) * meanOf(ofRows), 0);
  const ofColumns = Array.from({ length: columns }, (_, k) =>
    tables.reduce((sum, rows, i) => sum + (i === 0 ? 1 : -1) * meanOf(rows.map((row) => row[k] ?? 0)), 0),
  );
  const freedom = freedomOf([...means, ofColumns]);
  const tail = normalBelow(studentPoint(ALPHA / 2, freedom) * Math.sqrt((freedom + 1) / freedom));
  return { value, low: quantile(draws, tail), high: quantile(draws, 1 - tail) };
}

/** The values as far from their mean as makes their spread, counted by n, what it is by n - 1. */
function stretched(values: readonly number[]): Float64Array {
  const mean = meanOf(values);
  const factor = Math.sqrt(values.length / Math.max(1, values.length - 1));
  return Float64Array.from(values, (value) => mean + factor * (value - mean));
}

function drawnRows(cells: Float64Array, weights: Float64Array, random: () => number): number {
  const columns = weights.length;
  const rows = cells.length / columns;
  let sum = 0;
  for (let i = 0; i < rows; i += 1) {
    const start = Math.floor(random() * rows) * columns;
    for (let k = 0; k < columns; k += 1) sum += (weights[k] ?? 0) * (cells[start + k] ?? 0);
  }
  return sum / rows;
}

function drawnMean(values: Float64Array, random: () => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[Math.floor(random() * values.length)] ?? 0;
  return sum / values.length;
}

/** From the influence of each value on the statistic, which for means is its distance from its group's. */
function acceleration(strata: readonly Float64Array[]): number {
  const moment = (power: number) =>
    strata.reduce((total, values, i) => {
      const mean = meanOf([...values]);
      const sign = i === 0 ? 1 : -1;
      return total + values.reduce((sum, value) => sum + (sign * (value - mean)) ** power, 0) / values.length ** power;
    }, 0);
  const spread = moment(2);
  return spread > 0 ? moment(3) / (6 * spread ** 1.5) : 0;
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? 0) - low);
}
