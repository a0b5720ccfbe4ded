import { describe, expect, it, vi } from 'vitest';
import {
  COMMIT,
  expectWhole,
  filesUnder,
  modelFiles,
  noise,
  PATIENT,
  refusal,
  startHub,
  VISION,
} from './loopback-hub.ts';

const SIZE = 300_000;

describe('a hub that fails', () => {
  it('and breaks off is asked for the rest alone', async () => {
    const { hub, find } = await startHub();
    hub.fail(`GET ${VISION}`, { breakOff: { after: 100_000 } }, { breakOff: { after: 50_000 } });
    await expectWhole(await find(), modelFiles());
    expect(hub.ranges).toEqual(['bytes=100000-', 'bytes=150000-']);
  });

  it('and stalls is asked for the rest alone, after the time for that', async () => {
    const { hub, find } = await startHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const finding = find();
    await hub.arrival(VISION, 100_000);
    await vi.advanceTimersByTimeAsync(PATIENT.stallMilliseconds);
    vi.useRealTimers();
    await expectWhole(await finding, modelFiles());
    expect(hub.ranges).toEqual(['bytes=100000-']);
  });

  it('and is slow is not taken for stalled', async () => {
    const { hub, find } = await startHub();
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const finding = find();
    for (const reached of [100_000, 110_000, 120_000]) {
      await hub.arrival(VISION, reached);
      await vi.advanceTimersByTimeAsync(0.9 * PATIENT.stallMilliseconds);
      hub.release(10_000);
    }
    hub.release();
    vi.useRealTimers();
    await expectWhole(await finding, modelFiles());
    expect(hub.ranges).toEqual([]);
  });

  it('is not given up while it gets further each time', async () => {
    const { hub, find } = await startHub();
    hub.fail(`GET ${VISION}`, ...Array.from({ length: 9 }, () => ({ breakOff: { after: 30_000 } })));
    await expectWhole(await find(), modelFiles());
  });

  it('continues in the next run, after this one gave up', async () => {
    const { hub, find } = await startHub();
    const stuck = { breakOff: { after: 0 } };
    hub.fail(`GET ${VISION}`, { breakOff: { after: 250_000 } }, stuck, stuck, stuck);
    await expect(find()).rejects.toMatchObject(refusal({ kind: 'unreachable' }));
    hub.ranges.length = 0;
    await expectWhole(await find(), modelFiles());
    expect(hub.ranges).toEqual(['bytes=250000-']);
  });

  it('and ignores the range is heard from the start', async () => {
    const { hub, find } = await startHub();
    hub.fail(`GET ${VISION}`, { breakOff: { after: 100_000 } }, { ignoreRange: true });
    await expectWhole(await find(), modelFiles());
    expect(hub.requests.filter((request) => request === `GET ${VISION}`)).toHaveLength(2);
    expect(hub.ranges).toEqual(['bytes=100000-']);
  });

  it('and has another version of the file in the next run is heard from the start', async () => {
    const { hub, find } = await startHub();
    const broken = { breakOff: { after: 2_000 } };
    const stuck = { breakOff: { after: 0 } };
    hub.fail('GET tokenizer.json', broken, stuck, stuck, stuck);
    await expect(find()).rejects.toMatchObject(refusal({ kind: 'unreachable' }));
    hub.ranges.length = 0;
    const changed = { ...modelFiles(), 'tokenizer.json': noise(5_000, 99) };
    hub.revisions.set(COMMIT, changed);
    await expectWhole(await find(), changed);
    expect(hub.ranges).toEqual([]);
  });

  it('and changes the file between two ranges is listed anew and heard from the start', async () => {
    const { hub, find } = await startHub();
    const changed = { ...modelFiles(), [VISION]: noise(SIZE, 99) };
    hub.fail(`GET ${VISION}`, { breakOff: { after: 100_000 } });
    hub.onRequest = (request) => {
      if (request === `GET ${VISION}`) hub.revisions.set(COMMIT, changed);
    };
    await expectWhole(await find(), changed);
  });

  it.each([
    ['fewer bytes than it announced', { content: noise(SIZE, 2).subarray(0, 200_000) }, 'fewer'],
    ['more bytes than it announced', { content: noise(SIZE + 1, 2) }, 'more'],
    ['other bytes', { content: noise(SIZE, 98) }, 'other'],
  ] as const)('and sends %s leaves nothing that passes for the file', async (_, fault, are) => {
    const { hub, cacheFolder, find } = await startHub();
    hub.fail(`GET ${VISION}`, ...Array.from({ length: 40 }, () => fault));
    await expect(find()).rejects.toMatchObject(refusal({ kind: 'wrong-bytes', path: VISION, are }));
    hub.fail(`GET ${VISION}`);
    expect((await filesUnder(cacheFolder)).filter((path) => path.endsWith(VISION))).toEqual([]);
    await expectWhole(await find(), modelFiles());
  });

  it.each([429, 500, 503])('with %i is asked again', async (status) => {
    const { hub, find } = await startHub();
    hub.fail('HEAD config.json', { status }, { status });
    hub.fail(`GET ${VISION}`, { status }, { status });
    await expectWhole(await find(), modelFiles());
  });

  it.each([
    [{ status: 401 }, { kind: 'private', hasToken: false }],
    [{ status: 403 }, { kind: 'private' }],
    [
      { status: 403, errorCode: 'GatedRepo' },
      { kind: 'gated', hasToken: false },
    ],
    [{ status: 401, errorCode: 'RepoNotFound' }, { kind: 'no-such-model' }],
    [{ status: 404 }, { kind: 'no-such-model' }],
    [
      { status: 404, errorCode: 'EntryNotFound' },
      { kind: 'file-missing', path: 'config.json' },
    ],
    [{ status: 429 }, { kind: 'hub-busy' }],
    [{ status: 500 }, { kind: 'hub-fails', status: 500 }],
    [{ status: 418 }, { kind: 'hub-refuses', status: 418 }],
  ] as const)('with %o for good is told in a sentence', async (fault, problem) => {
    const { hub, find, cacheFolder } = await startHub();
    hub.fail('HEAD config.json', ...Array.from({ length: 8 }, () => fault));
    await expect(find()).rejects.toMatchObject(refusal(problem));
    expect(await filesUnder(cacheFolder)).toEqual([]);
  });

  it('and cannot be reached is told, where nothing whole is here', async () => {
    const { hub, find } = await startHub();
    hub.fail(`GET ${VISION}`, { breakOff: { after: 0 } });
    await expect(find({}, { ...PATIENT, pausesMilliseconds: [] })).rejects.toMatchObject(
      refusal({ kind: 'unreachable' }),
    );
    await hub.close();
    await expect(find()).rejects.toMatchObject(refusal({ kind: 'unreachable', host: new URL(hub.url).host }));
  });
});
