/** A share as people read it: `79.2 %`; what only rounds to none or all says so: `<0.1 %`, `>99.9 %`. */
export function formatPercent(share: number): string {
  const percent = (share * 100).toFixed(1);
  if (percent === '0.0' && share > 0) return '<0.1 %';
  if (percent === '100.0' && share < 1) return '>99.9 %';
  return `${percent} %`;
}

/** A cosine to three decimals, or as many as there is room for, with a true minus sign. */
export function formatCosine(cosine: number, decimals: 2 | 3 = 3): string {
  const digits = Math.abs(cosine).toFixed(decimals);
  return cosine < 0 && Number(digits) > 0 ? `\u2212${digits}` : digits;
}

/** Two digits that count, as `0.41` or `0.0032`. */
export function formatShort(value: number): string {
  return String(Number(value.toPrecision(2)));
}
