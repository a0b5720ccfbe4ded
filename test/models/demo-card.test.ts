import { expect, it } from 'vitest';
import { z } from 'zod';
import { associations, cell, read, type Shift } from './associations.ts';

const card = read('models/demo/README.md');
const { demo } = associations('associations.json', ['demo']);
const { 'seed-2': other } = associations('seed-2/associations.json', ['demo', 'seed-2']);
const names = Object.keys(demo.twemoji.pairs);

it('its card has the associations that were measured', () => {
  for (const name of names) {
    const [twemoji, noto] = [demo.twemoji.pairs[name], demo.noto.pairs[name]];
    const shifts = [twemoji?.gender, noto?.gender, twemoji?.skin, noto?.skin];
    expect(card).toContain(`| ${name} | ${shifts.map((shift) => shift && cell(shift)).join(' | ')} |`);
  }
});

it('its card has those of the run from another seed beside them, and how many agree', () => {
  const agreeing = { gender: 0, skin: 0 };
  for (const name of names) {
    const [one, another] = [demo.twemoji.pairs[name], other.twemoji.pairs[name]];
    if (!one || !another) throw new Error(`${name} was not measured twice`);
    const shifts = [one.gender, another.gender, one.skin, another.skin];
    expect(card).toContain(`| ${name} | ${shifts.map(cell).join(' | ')} |`);
    for (const of of ['gender', 'skin'] as const) agreeing[of] += isSameFinding(one[of], another[of]) ? 1 : 0;
  }
  expect(card).toContain(`${agreeing.gender} of ${names.length} for gender and ${agreeing.skin} for skin`);
});

/** Whether both intervals leave out zero, on the same side. */
function isSameFinding(one: Shift, another: Shift): boolean {
  const side = ({ interval: [low, high] }: Shift) => (low > 0 ? 1 : high < 0 ? -1 : 0);
  return side(one) !== 0 && side(one) === side(another);
}

it('its card has what both runs know of everyday nouns', () => {
  const share = z.object({ value: z.number(), se: z.number() });
  const top = z.object({ top1: share, top5: share });
  const evaluation = z.object({ twemoji: z.object({ nouns: top }) });
  for (const run of ['evaluation.json', 'seed-2/evaluation.json']) {
    const { top1, top5 } = evaluation.parse(JSON.parse(read(`tools/demo-model/run/${run}`))).twemoji.nouns;
    const written = [top1, top5].map(({ value, se }) =>
      `${value.toFixed(3)} ± ${se.toFixed(3)}`.replace(/\b0\./g, '.'),
    );
    expect(card).toContain(written.join(' / '));
  }
});
