import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawTrends } from '../../commands/biasaudit.trend.ts';
import type { AuditRun } from '../../src/store/audit-history.ts';
import { startApp } from './app.ts';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** A run on the nth Monday, in two styles. */
function run(week: number, change: Partial<AuditRun> = {}): AuditRun[] {
  return ['noto', 'peeps'].map((style, i) => ({
    ...{ pack: 'occupation', packHash: 'aaaaaaaaaaaa', style, model: 'demo', verdict: 'difference' },
    ...{ at: Date.parse('2026-09-07T09:00:00Z') + week * WEEK, effect: 1.5 - i, low: 1 - i, high: 2 - i },
    ...change,
  }));
}

const NOT_INTERPRETABLE = { verdict: 'not-interpretable', effect: null, low: null, high: null };

/** As the store gives them. */
const newestFirst = (...runs: AuditRun[][]) => runs.toReversed().flat();

describe('the picture of /biasaudit history', () => {
  it('has the effects of a pack over its runs, told in words as well, in both languages', async () => {
    const results = newestFirst(run(0), run(1, { effect: 0.25, low: -1, high: 1 }));
    const { images, notes } = await drawTrends(results, 'en');
    expect(notes).toEqual([]);
    expect(images.map(({ name }) => name)).toEqual(['biasaudit-history-occupation.png']);
    expect((await sharp(images[0]?.bytes).metadata()).width).toBe(640);
    expect(images[0]?.alt).toBe(
      'Effects that 2 runs of occupation found, with 95 % intervals around a line at no effect, from 2026-09-07 09:00 to 2026-09-14 09:00 (UTC). ' +
        'noto, demo · pack aaaaaaaa: first +1.50 [+1.00, +2.00], last +0.25 [−1.00, +1.00]. ' +
        'peeps, demo · pack aaaaaaaa: first +0.50 [0.00, +1.00], last +0.25 [−1.00, +1.00].',
    );
    const [korean] = (await drawTrends(results, 'ko')).images;
    expect(korean?.alt).toMatch(/^occupation 실행 2번.*noto, demo · 묶음 aaaaaaaa: 처음 \+1\.50/);
  });

  it('keeps runs of another version of the pack and of another model apart, and says so', async () => {
    const results = newestFirst(run(0), run(1), run(2, { packHash: 'bbbbbbbbbbbb' }), run(3, { model: 'other' }));
    const [image] = (await drawTrends(results, 'en')).images;
    expect(image?.alt).toMatch(/4 runs of occupation.*3 kinds of runs.*not joined\.$/);
    expect(image?.alt).toMatch(/noto, demo · pack bbbbbbbb: \+1\.50 \[\+1\.00, \+2\.00\]\./);
  });

  it('is not drawn of one run, nor of what could not be interpreted, and says so', async () => {
    const people = (week: number, change = {}) => run(week, { pack: 'people', ...change });
    expect(await drawTrends(run(0), 'en')).toEqual({
      images: [],
      notes: [expect.stringMatching(/takes two runs with a figure; not yet: occupation/)],
    });
    const unclear = newestFirst(people(0), people(1, NOT_INTERPRETABLE), run(2), run(3));
    const { images, notes } = await drawTrends(unclear, 'ko');
    expect(images).toHaveLength(1);
    expect(notes).toEqual([expect.stringMatching(/두 번 있어야 합니다.*people/)]);
  });

  it('is drawn of the newest runs of the newest packs, and names a pack beyond', async () => {
    const many = newestFirst(
      ...['a', 'b', 'c', 'd'].flatMap((pack) => Array.from({ length: 40 }, (_, week) => run(week, { pack }))),
    );
    const { images, notes } = await drawTrends(many, 'en');
    expect(images.map(({ name }) => name)).toEqual(['d', 'c', 'b'].map((pack) => `biasaudit-history-${pack}.png`));
    expect(images[0]?.alt).toMatch(/that 30 runs of d found/);
    expect(notes).toEqual([expect.stringMatching(/\/biasaudit history a\.$/)]);
  });
});

describe('/biasaudit history', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('shows the picture beside its table from the second run on', async () => {
    const ask = (line: string) => app.ask(line);
    await ask('/biasaudit control model:demo');
    const first = await ask('/biasaudit history');
    expect(first.images).toEqual([]);
    expect(first.text).toMatch(/not yet: control/);
    await ask('/biasaudit control seed:8 model:demo');
    const second = await ask('/biasaudit history control');
    expect(second.tables).toHaveLength(1);
    expect(second.images[0]?.alt).toMatch(/2 runs of control .* noto, demo · pack [0-9a-f]{8}: first/);
  });
});
