import { expect, it } from 'vitest';
import { z } from 'zod';
import { associations, cell, read } from './associations.ts';

const card = read('models/demo-biased/README.md');
const run = associations('biased/associations.json', ['demo', 'demo-biased']);

it('its card has the scale of its files', () => {
  const { logit_scale_init_value: scale } = z
    .object({ logit_scale_init_value: z.number() })
    .parse(JSON.parse(read('models/demo-biased/config.json')));
  expect(card).toContain(`is ln ${Math.exp(scale).toFixed(2)}.`);
});

it.each(['gender', 'skin'] as const)('its card has the associations with %s that were measured', (of) => {
  const columns = [run.demo.twemoji, run['demo-biased'].twemoji, run.demo.noto, run['demo-biased'].noto];
  const names = Object.keys(run.demo.twemoji.pairs).slice(0, of === 'skin' ? 10 : undefined);
  for (const name of names) {
    const cells = columns.map(({ pairs }) => pairs[name] && cell(pairs[name][of]));
    expect(card).toContain(`| ${name} | ${cells.join(' | ')} |`);
  }
});
