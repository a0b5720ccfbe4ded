import type { Picture } from '../../image/picture.ts';
import { type Detection, inPixels, suppress } from '../detections.ts';
import type { Box } from '../regions.ts';
import type { Predictions } from './protocol.ts';

/** What a score must pass, as in the reference. */
const THRESHOLD = 0.1;

/** More boxes than this hide the picture. */
const MOST = 20;

/** A box in shares of the picture, which may reach beyond it, with the label that fits it best. */
export interface Candidate extends Box {
  /** Its index. */
  label: number;
  /** The sigmoid of its logit. */
  score: number;
}

/**
 * The boxes that are sure enough, as `post_process_object_detection` of the reference gives them.
 * @param labels how many; there are as many texts of each, label by label, whose logits are averaged: they are linear in
 * a text's unit vector, so that stands for the mean of the vectors by which the paper's authors ensemble
 */
export function candidates({ logits, boxes }: Predictions, labels: number): Candidate[] {
  return boxes.flatMap(([x = 0, y = 0, width = 0, height = 0], box) => {
    const own = byLabel(logits[box] ?? new Float32Array(), labels);
    const label = own.indexOf(Math.max(...own));
    const score = 1 / (1 + Math.exp(-(own[label] ?? 0)));
    return score > THRESHOLD ? [{ label, score, x: x - width / 2, y: y - height / 2, width, height }] : [];
  });
}

/** What of the candidates is shown, best first: the surest of each label and of all, each thing once, and no more than people can tell apart. */
export function toDetections(
  found: readonly Candidate[],
  labels: readonly string[],
  picture: Pick<Picture, 'width' | 'height'>,
): Detection[] {
  const detections = found.map(({ label, score, ...box }) => {
    return { label: labels[label] ?? '', score, ...inPixels(inside(box), picture) };
  });
  const all = suppress(detections);
  const surest = labels.flatMap((label) => all.find((one) => one.label === label) ?? []);
  return [...new Set([...surest, ...all])].slice(0, MOST).sort((one, other) => other.score - one.score);
}

/** The mean of the logits of each label's texts. */
function byLabel(logits: Float32Array, labels: number): number[] {
  const each = logits.length / labels;
  return Array.from({ length: labels }, (_, i) => {
    return logits.subarray(i * each, (i + 1) * each).reduce((sum, value) => sum + value, 0) / each;
  });
}

function inside({ x, y, width, height }: Box): Box {
  const [left, top] = [within(x), within(y)];
  return { x: left, y: top, width: within(x + width) - left, height: within(y + height) - top };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
