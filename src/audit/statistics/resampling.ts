/** How many draws stand for all there are, where those are too many. */
export const RESAMPLES = 10_000;

/** What sums in another order may differ by, as a share of their parts. */
export const SLACK = 1e-12;
