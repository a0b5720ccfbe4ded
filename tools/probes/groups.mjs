/**
 * The four pictures of one base identity: two that differ in presentation alone, and two that differ in tone alone. The
 * latter are of a woman for every other base and of a man for the rest.
 */
export function pictures(index) {
  const presentation = index % 2 === 0 ? 'woman' : 'man';
  return [
    { group: 'feminine', presentation: 'woman', tone: 'medium' },
    { group: 'masculine', presentation: 'man', tone: 'medium' },
    { group: 'darker', presentation, tone: 'dark' },
    { group: 'lighter', presentation, tone: 'light' },
  ];
}
