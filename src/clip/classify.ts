import type { ModelFacts } from './facts.ts';
import { dot } from './vectors.ts';

export interface Score {
  label: string;
  /** Softmax over the labels (CLIP), or sigmoid of each by itself (SigLIP), with the model's own scale and bias. */
  probability: number;
  /** The cosine between the image and the label. */
  similarity: number;
}

/** A label with its unit vector. */
export interface LabelVector {
  label: string;
  vector: Float32Array;
}

/** Labels with what `embedLabels` gave for them. */
export function withVectors(labels: readonly string[], vectors: readonly Float32Array[]): LabelVector[] {
  return vectors.map((vector, i) => ({ label: labels[i] ?? '', vector }));
}

/**
 * Zero-shot classification of one image (Radford et al. 2021, section 3.1.2; Zhai et al. 2023 for the sigmoid).
 * @param image unit vector
 * @returns the scores, best first
 */
export function classify(
  image: Float32Array,
  labels: readonly LabelVector[],
  { family, logitScale, logitBias }: Pick<ModelFacts, 'family' | 'logitScale' | 'logitBias'>,
): Score[] {
  const similarities = labels.map(({ vector }) => dot(image, vector));
  const logits = similarities.map((similarity) => logitScale * similarity + logitBias);
  const probabilities = family === 'siglip' ? logits.map(sigmoid) : softmax(logits);
  return labels
    .map(({ label }, i) => ({ label, probability: probabilities[i] ?? 0, similarity: similarities[i] ?? 0 }))
    .sort((a, b) => b.similarity - a.similarity);
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Probabilities that sum to 1. */
export function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

/** What makes an answer unsure, as measured for a model: see its card. */
export interface UnsureThresholds {
  probability: number;
  margin: number;
  similarity: number;
}

/** Why an answer is unsure: no label fits well, or the best is hardly better than the rest. */
export type Doubt = 'nothing-fits' | 'too-close';

export function doubtOf(scores: readonly Score[], thresholds: UnsureThresholds): Doubt | undefined {
  const [first, second] = scores;
  if (!first || first.similarity < thresholds.similarity) return 'nothing-fits';
  const margin = first.probability - (second?.probability ?? 0);
  return first.probability < thresholds.probability || margin < thresholds.margin ? 'too-close' : undefined;
}
