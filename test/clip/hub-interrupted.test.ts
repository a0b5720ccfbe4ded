import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { DownloadMeter } from '../../src/clip/download-progress.ts';
import type { Download } from '../../src/clip/status.ts';
import { expectWhole, modelFiles, refusal, startHub, VISION } from './loopback-hub.ts';

describe('a download', () => {
  it('can be stopped, and what came is of use to the next', async () => {
    const { hub, find } = await startHub();
    const stop = new AbortController();
    hub.fail(`GET ${VISION}`, { hold: { after: 100_000 } });
    const finding = find({ signal: stop.signal });
    await hub.arrival(VISION, 100_000);
    stop.abort(new Error('changed my mind'));
    await expect(finding).rejects.toThrow('changed my mind');
    await expect(find({ signal: stop.signal })).rejects.toThrow('changed my mind');
    await expectWhole(await find(), modelFiles());
  });

  it('of one dtype does not mind one of another', async () => {
    const files = { ...modelFiles(), ...quantized() };
    const { find } = await startHub(files);
    const [found] = await Promise.all([find(), find({ dtype: 'q8' })]);
    await expectWhole(found, files);
  });

  it('tells of a full disk, and later continues', async () => {
    const { find } = await startHub();
    const handle = await open(fileURLToPath(import.meta.url));
    const write = vi.spyOn(Object.getPrototypeOf(handle), 'write');
    await handle.close();
    write.mockRejectedValueOnce(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    await expect(find()).rejects.toMatchObject(refusal({ kind: 'disk-full' }));
    write.mockRestore();
    await expectWhole(await find(), modelFiles());
  });
});

describe('progress', () => {
  it('tells bytes of all files together, and the total from the start', async () => {
    const { find } = await startHub();
    const told: Download[] = [];
    await find({ onProgress: (download) => told.push(download) });
    const total = Object.values(modelFiles()).reduce((sum, file) => sum + file.length, 0);
    expect(told[0]).toMatchObject({ file: 'config.json', total });
    for (const { bytes } of told) expect(bytes).toBeLessThanOrEqual(total);
  });

  it('tells four times a second at most, with the time left by the speed of the last seconds', () => {
    let now = 0;
    const told: Download[] = [];
    const meter = new DownloadMeter(
      10_000,
      (download) => told.push(download),
      () => now,
    );
    meter.place('config.json', 1_000);
    for (; now <= 2_000; now += 50) meter.fetch('model.onnx', 10);
    expect(told).toHaveLength(9);
    expect(told[0]).toEqual({ file: 'model.onnx', bytes: 1_010, total: 10_000, secondsLeft: undefined });
    expect(told[8]).toEqual({ file: 'model.onnx', bytes: 1_410, total: 10_000, secondsLeft: Math.ceil(8_590 / 200) });
    now = 60_000;
    meter.place('model.onnx', 0);
    meter.fetch('model.onnx', 10);
    expect(told[9]).toEqual({ file: 'model.onnx', bytes: 1_010, total: 10_000, secondsLeft: undefined });
  });

  it('promises no seconds once all is here', () => {
    let now = 0;
    const told: Download[] = [];
    const meter = new DownloadMeter(
      100,
      (download) => told.push(download),
      () => now,
    );
    for (; now < 2_000; now += 200) meter.fetch('model.onnx', 10);
    expect(told.at(-1)).toMatchObject({ bytes: 90, secondsLeft: 1 });
    now += 300;
    meter.fetch('model.onnx', 0);
    expect(told.at(-1)).toMatchObject({ bytes: 100, secondsLeft: undefined });
  });
});

function quantized() {
  const { [VISION]: vision, 'onnx/text_model.onnx': text } = modelFiles(20);
  if (!vision || !text) throw new Error('no weights');
  return { 'onnx/vision_model_quantized.onnx': vision, 'onnx/text_model_quantized.onnx': text };
}
