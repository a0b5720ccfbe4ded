import type { Picture } from '../image/picture.ts';
import { type Box, overlap } from './regions.ts';

/** A place of a label, in pixels of the upright original. */
export interface Detection extends Box {
  label: string;
  /** From 0 to 1. What it tells depends on what found the place. */
  score: number;
}

/** From here on, intersection over union, two boxes of a label are taken for the same thing. */
const SAME_PLACE = 0.5;

/** Non-maximum suppression within each label. @returns best first */
export function suppress(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections.toSorted((a, b) => b.score - a.score)) {
    const isAnew = kept.every((other) => other.label !== detection.label || overlap(other, detection) < SAME_PLACE);
    if (isAnew) kept.push(detection);
  }
  return kept;
}

/** @param box in shares of the picture, inside it. @returns the same in whole pixels, one at least */
export function inPixels({ x, y, width, height }: Box, picture: Pick<Picture, 'width' | 'height'>): Box {
  const left = Math.min(picture.width - 1, Math.round(x * picture.width));
  const top = Math.min(picture.height - 1, Math.round(y * picture.height));
  const right = Math.max(left + 1, Math.round((x + width) * picture.width));
  const bottom = Math.max(top + 1, Math.round((y + height) * picture.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
