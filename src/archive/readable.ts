/** A path as it can be shown: one may have 65,535 characters, and line breaks in it. */
export function readable(path: string): string {
  const characters = [...path.replace(/[\p{Cc}\p{Cf}]/gu, '□')];
  return characters.length > 100 ? `…${characters.slice(-99).join('')}` : characters.join('');
}
