/**
 * Colours that people with any colour vision tell apart: the blue is that of Okabe and Ito (2008), everything else is
 * grey and differs in lightness. Texts reach a contrast of 4.5 on paper, bars 3 on the track.
 */
export const PALETTE = {
  paper: '#ffffff',
  ink: '#1b2733',
  mutedInk: '#52616f',
  best: '#0072b2',
  rest: '#647789',
  track: '#d8dfe6',
  stage: '#e9edf1',
  checkLight: '#ffffff',
  checkDark: '#e1e6eb',
} as const;

/** The eight colours of Okabe and Ito (2008), for things of several kinds. A number goes with each: colour is never the only sign. */
const CATEGORIES = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#000000'] as const;

/** The colour of the nth kind, and black or white for texts on it, whichever has more contrast (WCAG 2.2). */
export function category(n: number): { colour: string; ink: string } {
  const colour = CATEGORIES[n % CATEGORIES.length] ?? CATEGORIES[0];
  return { colour, ink: luminance(colour) > 0.179 ? '#000000' : '#ffffff' };
}

/** The bytes of a colour. */
export function rgb(colour: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = rgb(colour).map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
