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
