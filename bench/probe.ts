import { Trainer } from '../src/probe/trainer.ts';
import { longestStall, median, time } from './measure.ts';
import { drawFrom } from './random.ts';
import { table } from './row.ts';

const LABELS = 20;
const EACH = 16;
const DIMENSIONS = 512;
/** How far examples lie from the middle of their class, against how far classes lie from each other. */
const SPREAD = 4;
const ROUNDS = 5;

/** `node launch/run.mjs bench/probe.ts` measures how long `/teach` takes to learn, cross-validation and thread included. */
async function main(): Promise<void> {
  const draw = drawFrom('probe');
  const cloud = () => draw() + draw() + draw() - 1.5;
  const centres = Array.from({ length: LABELS }, () => Array.from({ length: DIMENSIONS }, () => 1 + cloud()));
  const classes = centres.flatMap((_, k) => Array.from({ length: EACH }, () => k));
  const vectors = classes.map((k) => {
    const raw = (centres[k] ?? []).map((value) => value + SPREAD * cloud());
    const length = Math.hypot(...raw);
    return Float32Array.from(raw, (value) => value / length);
  });
  const trainer = new Trainer();
  const train = () => trainer.train({ vectors, classes, count: LABELS });
  const stall = await longestStall(train);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await time(train));
  const basis = `${LABELS} labels x ${EACH} examples, ${DIMENSIONS} dimensions`;
  process.stdout.write(
    table([
      { title: 'a probe', figure: median(times) / 1000, unit: ' s', bar: { is: 'at most', value: 1.5 }, basis },
      { title: 'main thread held', figure: stall, unit: ' ms', bar: { is: 'at most', value: 50 }, basis },
    ]),
  );
}

await main();
