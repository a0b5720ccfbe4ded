import { parseLabels } from '../src/chat/labels.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import { DEFAULT_TEMPLATE } from '../src/clip/prompts.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';
import { chooseModel } from './model-option.ts';

/** Labels, the template they are put into, and the model that is asked. */
export interface Question {
  labels: readonly string[];
  template: string;
  model: ClipModel;
  info: ModelInfo;
}

interface Asked {
  labels?: string | undefined;
  template?: string | undefined;
  model?: string | undefined;
}

/**
 * What was asked for; what is missing of it is the channel's.
 * @param option the one that holds the labels, for which a chat asks where there are none
 * @throws UserError `labels-missing`, `too-few-labels` or `-texts`, `too-many-labels`, and those of labels and models
 */
export async function readQuestion(
  asked: Asked,
  { least, most, option = 'labels' }: { least: number; most: number; option?: 'labels' | 'texts' },
  channel: string,
  services: Services,
): Promise<Question> {
  const set = await services.labelSets.current(channel);
  const labels = asked.labels === undefined ? (set?.labels ?? []) : parseLabels(asked.labels);
  if (labels.length === 0) throw new UserError('labels-missing', {}, { remedy: { ask: option } });
  const tooFew = option === 'texts' ? 'too-few-texts' : 'too-few-labels';
  if (labels.length < least) throw new UserError(tooFew, { limit: least });
  if (labels.length > most) throw new UserError('too-many-labels', { limit: most, count: labels.length });
  const model = await chooseModel(asked.model, channel, services);
  const template = asked.template ?? set?.template ?? DEFAULT_TEMPLATE;
  return { labels, template, model, info: await model.info() };
}
