import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/clip/facts.ts';

const INITIAL = 2.6592; // what every published config.json of CLIP still says: ln(1 / 0.07)

async function factsOf(id: string, config: object, own?: object) {
  const folder = await mkdtemp(join(tmpdir(), 'cliplens-facts-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  if (own) await writeFile(join(folder, 'cliplens.json'), JSON.stringify(own));
  return readFacts(id, folder);
}

describe('the logit scale', () => {
  const clip = { model_type: 'clip', logit_scale_init_value: INITIAL };

  it('is 100 for published CLIP models, by hub id or by the origin that a folder names', async () => {
    expect((await factsOf('Xenova/clip-vit-base-patch16', clip)).logitScale).toBe(100);
    expect((await factsOf('someone/fine-tuned', clip)).logitScale).toBe(100);
    expect((await factsOf('copy', { ...clip, _name_or_path: 'laion/some-clip' })).logitScale).toBe(100);
  });

  it('is what the config says where that was changed, or names no origin', async () => {
    expect((await factsOf('someone/tiny', { ...clip, logit_scale_init_value: 3 })).logitScale).toBeCloseTo(
      Math.exp(3),
      6,
    );
    expect((await factsOf('random', clip)).logitScale).toBeCloseTo(1 / 0.07, 2);
  });

  it('comes with a bias for SigLIP', async () => {
    const { family, logitScale, logitBias } = await factsOf('Xenova/siglip-base-patch16-224', { model_type: 'siglip' });
    expect([family, logitScale, logitBias]).toEqual(['siglip', 117.330765, -12.932437]);
  });

  it('is the model’s own word before all else', async () => {
    const own = {
      logitScale: 7,
      logitBias: -1,
      unsure: { probability: 0.5, margin: 0, similarity: 0.3 },
      languages: ['ko'],
    };
    expect(await factsOf('openai/clip-vit-base-patch32', clip, own)).toMatchObject(own);
  });
});

describe('a folder that is no CLIP', () => {
  it.each([[{}], [{ model_type: 'bert' }], [[]]])('is refused: %j', async (config) => {
    await expect(factsOf('x', config)).rejects.toMatchObject({ problem: { kind: 'no-clip' } });
  });
});
