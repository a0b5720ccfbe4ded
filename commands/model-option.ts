import { z } from 'zod';
import type { Completer } from '../src/chat/command.ts';
import { option } from '../src/chat/options.ts';
import type { DetectorModel } from '../src/clip/detector/model.ts';
import type { ClipModel } from '../src/clip/model.ts';
import type { Services } from '../src/services.ts';

/** The model of every command that asks one. */
export const modelOption = option(z.string().optional(), {
  korean: '모델',
  en: "Which model answers; else the channel's",
  ko: '답할 모델. 없으면 채널의 모델',
});

/** The model of a command that finds boxes. */
export const finderOption = option(z.string().optional(), {
  korean: '모델',
  en: "Which CLIP finds them; else the detector, where one is set up, or the channel's model",
  ko: '찾을 CLIP 모델. 없으면 설정된 탐지 모델이나 채널의 모델',
});

export const completeModel: Completer<Services> = async (typed, _, { models }) => {
  const wanted = typed.trim().toLowerCase();
  return (await models.names()).filter((name) => name.toLowerCase().includes(wanted));
};

/**
 * The model that was asked for, else the channel's, else the default.
 * @throws UserError `model-unknown`, or `model-unavailable` where it is known how to get it
 */
export async function chooseModel(
  name: string | undefined,
  channel: string,
  { models, channelModels }: Services,
): Promise<ClipModel> {
  return models.choose(name ?? (await channelModels.current(channel)));
}

/**
 * What finds boxes: the model that was asked for, else the detector of whoever runs this, else as `chooseModel`.
 * @throws UserError as `chooseModel`
 */
export async function chooseFinder(
  name: string | undefined,
  channel: string,
  services: Services,
): Promise<ClipModel | DetectorModel> {
  return services.models.detectorFor(name) ?? (await chooseModel(name, channel, services));
}
