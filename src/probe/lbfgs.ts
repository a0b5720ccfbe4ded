/** A function to be made small: gives its value at `x` and writes its gradient there into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

interface Stop {
  /** Ends where no part of the gradient is larger. */
  tolerance: number;
  iterations: number;
}

/** How many steps back the curvature is remembered. */
const MEMORY = 10;
/** The share of the promised decrease that a step must bring (Armijo). */
const DECREASE = 1e-4;
const SHORTEST_STEP = 1e-12;

interface Correction {
  step: Float64Array;
  change: Float64Array;
  /** One over step times change. */
  rho: number;
}

/**
 * Limited-memory BFGS (Nocedal & Wright 2006, algorithms 7.4 and 7.5) with backtracking, for smooth convex functions:
 * there a step that went down far enough always meets positive curvature, so that no second condition is needed.
 * @param start is left as it is
 */
export function minimise(objective: Objective, start: Float64Array, { tolerance, iterations }: Stop): Float64Array {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const memory: Correction[] = [];
  for (let iteration = 0; iteration < iterations && largest(gradient) > tolerance; iteration++) {
    const direction = descent(gradient, memory);
    const slope = dot(gradient, direction);
    const next = new Float64Array(x.length);
    const nextGradient = new Float64Array(x.length);
    let length = memory.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let nextValue = Number.POSITIVE_INFINITY;
    // What rounding adds to a value counts as no rise, or the last digits of the minimum could never be reached.
    const noise = 4 * Number.EPSILON * Math.abs(value);
    for (; length > SHORTEST_STEP; length /= 2) {
      for (let i = 0; i < x.length; i++) next[i] = (x[i] ?? 0) + length * (direction[i] ?? 0);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + DECREASE * length * slope + noise) break;
    }
    if (length <= SHORTEST_STEP) break;
    remember(memory, difference(next, x), difference(nextGradient, gradient));
    x = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return x;
}

/** Minus the gradient, through what the remembered steps tell of the inverse Hessian: the two-loop recursion. */
function descent(gradient: Float64Array, memory: readonly Correction[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const shares = new Array<number>(memory.length).fill(0);
  for (let m = memory.length - 1; m >= 0; m--) {
    const one = memory[m];
    if (!one) continue;
    shares[m] = one.rho * dot(one.step, direction);
    addTo(direction, one.change, -(shares[m] ?? 0));
  }
  const newest = memory.at(-1);
  if (newest) {
    const scale = 1 / (newest.rho * dot(newest.change, newest.change));
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  }
  for (const [m, { step, change, rho }] of memory.entries()) {
    addTo(direction, step, (shares[m] ?? 0) - rho * dot(change, direction));
  }
  return direction;
}

function remember(memory: Correction[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (curvature <= Number.EPSILON * dot(change, change)) return; // nothing but rounding
  memory.push({ step, change, rho: 1 / curvature });
  if (memory.length > MEMORY) memory.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function addTo(target: Float64Array, vector: Float64Array, share: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + share * (vector[i] ?? 0);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((part, i) => part - (b[i] ?? 0));
}

function largest(vector: Float64Array): number {
  let most = 0;
  for (const part of vector) most = Math.max(most, Math.abs(part));
  return most;
}
