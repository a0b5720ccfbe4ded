/** Patches, or cells of a map, down and across. */
export interface Grid {
  rows: number;
  columns: number;
}

/** The maps that one run of an explainable vision encoder gives. */
export const MAP_METHODS = ['dense', 'gradcam', 'hirescam', 'attention'] as const;
export type MapMethod = (typeof MAP_METHODS)[number];

/** What a run says of one image. */
export interface Explanation {
  /** Of unit length. */
  embedding: Float32Array;
  /** For each direction a value for each patch, row by row. */
  maps: Record<MapMethod, Float32Array[]>;
}
