/**
 * A time as everybody reads it: `2026-11-30 09:00`. (Swedish writes dates as ISO 8601 does.)
 * @param at milliseconds since 1970
 * @param timeZone an IANA time zone
 */
export function moment(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
}
