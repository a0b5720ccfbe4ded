/** Steps of the scale. */
const STEPS = 256;

/** OKLCH at the scale's ends: lightness, chroma, hue in degrees. From purple over red to yellow. */
const LOW = { lightness: 0.28, chroma: 0.12, hue: 300 };
const HIGH = { lightness: 0.96, chroma: 0.14, hue: 470 };
/** In the middle there is room for more colour. */
const MIDDLE_CHROMA = 0.2;

/**
 * Colours of rising values, `STEPS * 3` bytes of sRGB. Lightness rises evenly, so that equal steps look equal and the order is
 * seen in grey and with any colour vision; the hue only helps. The space is OKLab (Ottosson 2020, "A perceptual color
 * space for image processing").
 */
export const HEAT_COLOURS: Uint8Array = Uint8Array.from(
  Array.from({ length: STEPS }, (_, i) => colourAt(i / (STEPS - 1))).flat(),
);

function colourAt(share: number): number[] {
  const between = (low: number, high: number) => low + share * (high - low);
  const lightness = between(LOW.lightness, HIGH.lightness);
  const chroma =
    between(LOW.chroma, HIGH.chroma) + (MIDDLE_CHROMA - between(LOW.chroma, HIGH.chroma)) * 4 * share * (1 - share);
  const hue = (between(LOW.hue, HIGH.hue) * Math.PI) / 180;
  return okLabToRgb(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
}

function okLabToRgb(lightness: number, a: number, b: number): number[] {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ].map((light) => Math.round(255 * gamma(Math.min(1, Math.max(0, light)))));
}

function gamma(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}
