import type { Activation } from './anatomy.ts';
import type { FragmentBuilder } from './fragment-builder.ts';
import type { TensorName } from './parts.ts';

/** What an activation and its derivative add to a fragment, for `x` of any shape. */
export function activate(
  build: FragmentBuilder,
  kind: Activation,
  x: TensorName,
): { value: TensorName; derivative: TensorName } {
  const times = (tensor: TensorName, factor: number) => build.scale(tensor, factor);
  const plus = (tensor: TensorName, term: number) => build.add(tensor, build.scalar(term));
  /** Of x g: g + x g'. */
  const gated = (gate: TensorName, slope: TensorName) => ({
    value: build.multiply(x, gate),
    derivative: build.add(gate, build.multiply(x, slope)),
  });

  if (kind === 'quick-gelu') {
    // Hendrycks and Gimpel 2016, section 2: x sigmoid(1.702 x).
    const gate = build.op('Sigmoid', [times(x, 1.702)]);
    return gated(gate, times(build.multiply(gate, plus(times(gate, -1), 1)), 1.702));
  }
  const square = build.multiply(x, x);
  if (kind === 'gelu') {
    const gate = times(plus(build.op('Erf', [times(x, Math.SQRT1_2)]), 1), 0.5);
    return gated(gate, times(build.op('Exp', [times(square, -0.5)]), 1 / Math.sqrt(2 * Math.PI)));
  }
  const [factor, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
  const tanh = build.op('Tanh', [build.multiply(times(x, factor), plus(times(square, cubic), 1))]);
  const slope = build.multiply(plus(times(build.multiply(tanh, tanh), -1), 1), plus(times(square, 3 * cubic), 1));
  return gated(times(plus(tanh, 1), 0.5), times(slope, factor / 2));
}
