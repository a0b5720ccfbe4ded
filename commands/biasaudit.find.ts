import { z } from 'zod';
import type { Pack } from '../src/audit/load-pack.ts';
import { option } from '../src/chat/options.ts';
import type { OnProgress } from '../src/progress.ts';
import type { Services } from '../src/services.ts';
import type { Finding } from './biasaudit.answer.ts';
import { chooseModel } from './model-option.ts';

const DEFAULT_SEED = 7;

/** What every run of a pack may be asked for. */
export const findingOptions = {
  model: option(z.string().optional(), {
    korean: '모델',
    en: "A model to audit and to compare with the channel's",
    ko: '검사해서 채널의 모델과 견줄 모델',
  }),
  seed: option(z.coerce.number().int().min(0).max(2_147_483_647).optional(), {
    korean: '시드',
    en: `Seed of all random draws; ${DEFAULT_SEED} if not given`,
    ko: `무작위 추출의 시드. 없으면 ${DEFAULT_SEED}`,
  }),
};

interface Asked {
  model?: string | undefined;
  seed?: number | undefined;
}

/** Runs a pack on the model that was asked for, and compares it with the channel's where that is another. */
export async function find(
  pack: Pack,
  asked: Asked,
  channel: string,
  services: Services,
  onProgress: OnProgress,
): Promise<Finding> {
  const seed = asked.seed ?? DEFAULT_SEED;
  const usual = await chooseModel(undefined, channel, services);
  const model = await chooseModel(asked.model, channel, services);
  const audit = await services.audits.run(model, pack, seed, onProgress);
  const found = { pack, seed, audit, info: await model.info() };
  if (model === usual) return { ...found, beyond: undefined };
  const styles = await services.audits.compare([model, usual], pack, seed, onProgress);
  return { ...found, beyond: { styles, info: await usual.info() } };
}
