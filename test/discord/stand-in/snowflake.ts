const EPOCH = 1_420_070_400_000n;
let last = 0n;

/** An id as Discord makes them: the time in its upper bits, and never twice the same. */
export function snowflake(): string {
  const now = (BigInt(Date.now()) - EPOCH) << 22n;
  last = now > last ? now : last + 1n;
  return String(last);
}
