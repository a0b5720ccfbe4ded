/** 100 everyday words, each a single token of CLIP's own vocabulary. */
export const LABELS: readonly string[] = `
  dog cat horse cow sheep pig goat rabbit mouse bear lion tiger wolf fox monkey elephant bird duck chicken owl
  fish shark whale frog snake turtle spider bee butterfly ant tree flower grass leaf forest mountain river lake
  beach ocean island desert snow rain cloud storm sun moon star sky house castle palace church temple bridge tower
  street city village garden park car bus truck train bicycle boat ship airplane rocket road apple banana bread
  cake cheese egg pizza rice soup salad coffee tea milk cup bottle knife fork spoon chair table bed lamp door
  window book clock phone camera`
  .trim()
  .split(/\s+/);
