/** A share as people read it: `79.2 %`; what only rounds to none or all says so: `<0.1 %`, `>99.9 %`. */
export function formatPercent(share: number): string {
  const percent = (share * 100).toFixed(1);
  if (percent === '0.0' && share > 0) return '<0.1 %';
  if (percent === '100.0' && share < 1) return '>99.9 %';
  return `${percent} %`;
}

/** A cosine to three decimals, with a true minus sign. */
export function formatCosine(cosine: number): string {
  const digits = Math.abs(cosine).toFixed(3);
  return cosine < 0 && digits !== '0.000' ? `\u2212${digits}` : digits;
}

/** Two digits that count, as `0.41` or `0.0032`. */
export function formatShort(value: number): string {
  return String(Number(value.toPrecision(2)));
}
