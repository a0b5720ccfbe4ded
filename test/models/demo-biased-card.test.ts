import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const card = read('models/demo-biased/README.md');

const shift = z.object({ shift: z.number(), interval: z.tuple([z.number(), z.number()]) });
const styles = z.record(
  z.enum(['twemoji', 'noto']),
  z.object({ pairs: z.record(z.string(), z.object({ gender: shift, skin: shift })) }),
);
const run = z
  .record(z.enum(['demo', 'demo-biased']), styles)
  .parse(JSON.parse(read('tools/demo-model/run/biased/associations.json')));

function written(value: number): string {
  return value < 0 ? value.toFixed(2) : `+${Math.abs(value).toFixed(2)}`;
}

it('its card has the scale of its files', () => {
  const { logit_scale_init_value: scale } = z
    .object({ logit_scale_init_value: z.number() })
    .parse(JSON.parse(read('models/demo-biased/config.json')));
  expect(card).toContain(`is ln ${Math.exp(scale).toFixed(2)}.`);
});

it.each(['gender', 'skin'] as const)('its card has the associations with %s that were measured', (of) => {
  const names = Object.keys(run.demo.twemoji.pairs).slice(0, of === 'skin' ? 10 : undefined);
  for (const name of names) {
    const cells = [run.demo.twemoji, run['demo-biased'].twemoji, run.demo.noto, run['demo-biased'].noto].map(
      (style) => {
        const { shift = Number.NaN, interval: [low, high] = [Number.NaN, Number.NaN] } = style.pairs[name]?.[of] ?? {};
        return `${written(shift)} [${written(low)}, ${written(high)}]`;
      },
    );
    expect(card).toContain(`| ${name} | ${cells.join(' | ')} |`);
  }
});
