import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { access, COMMIT, expectWhole, ID, modelFiles, noise, startHub, VISION } from './loopback-hub.ts';

const NEXT = 'b'.repeat(40);

describe('a model on the hub', () => {
  it('is fetched whole, into a folder of its commit', async () => {
    const { hub, cacheFolder, find } = await startHub();
    const found = await find({ hub: access(`${hub.url}/`) });
    expect(found).toEqual({
      id: ID,
      dtype: 'fp32',
      folder: join(cacheFolder, 'models/owner--tiny-clip', COMMIT),
      vision: join(found.folder, VISION),
      text: join(found.folder, 'onnx/text_model.onnx'),
    });
    await expectWhole(found, modelFiles());
  });

  it('costs one question once it is here', async () => {
    const { hub, find } = await startHub();
    const first = await find();
    hub.requests.length = 0;
    expect(await find()).toEqual(first);
    expect(hub.requests).toEqual(['HEAD config.json']);
  });

  it('brings its optional files and external data along', async () => {
    const files = {
      ...modelFiles(),
      'special_tokens_map.json': Buffer.from('{}'),
      [`${VISION}_data`]: noise(1_000, 5),
      [`${VISION}_data_1`]: noise(1_000, 6),
    };
    const { find } = await startHub(files);
    await expectWhole(await find(), files);
  });

  it('comes from one commit, though another is pushed in between', async () => {
    const { hub, find } = await startHub();
    hub.revisions.set(NEXT, modelFiles(7));
    hub.onRequest = () => {
      hub.main = NEXT;
    };
    await expectWhole(await find(), modelFiles());
    await expectWhole(await find(), modelFiles(7));
  });

  it('fetches of a new commit what that changed, and keeps the rest', async () => {
    const { hub, find } = await startHub(modelFiles(), { cdn: true });
    await find();
    const changed = { ...modelFiles(), 'tokenizer.json': noise(5_000, 9) };
    hub.revisions.set(NEXT, changed);
    hub.main = NEXT;
    hub.requests.length = 0;
    await expectWhole(await find(), changed);
    const fetched = hub.requests.filter((request) => request.startsWith('GET'));
    expect(fetched).toEqual(['GET config.json', 'GET tokenizer.json']);
  });

  it('takes nothing of an earlier commit that was damaged since', async () => {
    const { hub, find } = await startHub();
    const { vision } = await find();
    await writeFile(vision, (await readFile(vision)).reverse());
    hub.revisions.set(NEXT, modelFiles());
    hub.main = NEXT;
    await expectWhole(await find(), modelFiles());
  });

  it('comes over a second host, whose etags say nothing of the content', async () => {
    const { hub, find } = await startHub(modelFiles(), { cdn: true });
    hub.fail(`GET ${VISION}`, { breakOff: { after: 100_000 } });
    await expectWhole(await find(), modelFiles());
    expect(hub.ranges).toHaveLength(1);
  });

  it('comes from a plain mirror, where a new version is a new folder', async () => {
    const { hub, find } = await startHub(modelFiles(), { plain: true });
    const first = await find();
    await expectWhole(first, modelFiles());
    hub.revisions.set(COMMIT, modelFiles(7));
    const second = await find();
    await expectWhole(second, modelFiles(7));
    await expectWhole(first, modelFiles());
  });

  it('comes from a plain mirror that sends it from a second host', async () => {
    const { find } = await startHub(modelFiles(), { plain: true, cdn: true });
    await expectWhole(await find(), modelFiles());
  });

  it('is found without the hub once it is here', async () => {
    const { hub, find } = await startHub();
    const online = await find();
    await hub.close();
    expect(await find()).toEqual(online);
  });

  it('stays the one that is here while the next does not come', async () => {
    const { hub, find } = await startHub();
    const first = await find();
    hub.main = NEXT;
    hub.revisions.set(NEXT, modelFiles(7));
    hub.fail(`GET ${VISION}`, { status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
    expect(await find()).toEqual(first);
    await expectWhole(await find(), modelFiles(7));
  });

  it('is fetched again where a file of it was lost or the record damaged', async () => {
    const { find } = await startHub();
    const found = await find();
    await rm(found.text);
    await expectWhole(await find(), modelFiles());
    await writeFile(join(found.folder, '../fp32.json'), '{"revision":');
    await expectWhole(await find(), modelFiles());
  });
});
