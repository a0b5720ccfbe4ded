import { parseLabels } from '../src/chat/labels.ts';
import type { Locale } from '../src/chat/locale.ts';
import type { Button } from '../src/chat/reply.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import { DEFAULT_TEMPLATE } from '../src/clip/prompts.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';
import { classifyTexts } from './classify.texts.ts';
import { chooseModel } from './model-option.ts';

/** Labels, and the template they are put into. */
export interface Texts {
  labels: readonly string[];
  template: string;
}

/** What a model is asked. */
export interface Question extends Texts {
  model: ClipModel;
  info: ModelInfo;
}

interface Asked {
  labels?: string | undefined;
  template?: string | undefined;
  model?: string | undefined;
}

interface Bounds {
  least: number;
  most: number;
  /** The option that holds the labels, for which a chat asks where there are none. */
  option?: 'labels' | 'texts';
}

/**
 * What was asked for; what is missing of it is the channel's.
 * @throws UserError as `readTexts`, and those of models
 */
export async function readQuestion(
  asked: Asked,
  bounds: Bounds,
  channel: string,
  services: Services,
): Promise<Question> {
  const texts = await readTexts(asked, bounds, channel, services);
  const model = await chooseModel(asked.model, channel, services);
  return { ...texts, model, info: await model.info() };
}

/**
 * The labels and the template that were asked for, or the channel's.
 * @throws UserError `labels-missing`, `too-few-labels` or `-texts`, `too-many-labels` or `-channel-labels`, and those of labels
 */
export async function readTexts(
  asked: Pick<Asked, 'labels' | 'template'>,
  { least, most, option = 'labels' }: Bounds,
  channel: string,
  { labelSets }: Pick<Services, 'labelSets'>,
): Promise<Texts> {
  const set = await labelSets.current(channel);
  const labels = asked.labels === undefined ? (set?.labels ?? []) : parseLabels(asked.labels);
  if (labels.length === 0) throw new UserError('labels-missing', {}, { remedy: { ask: option } });
  const tooFew = option === 'texts' ? 'too-few-texts' : 'too-few-labels';
  if (labels.length < least) throw new UserError(tooFew, { limit: least });
  if (labels.length > most) {
    const tooMany = asked.labels === undefined ? 'too-many-channel-labels' : 'too-many-labels';
    throw new UserError(tooMany, { limit: most, count: labels.length }, { remedy: { ask: option } });
  }
  return { labels, template: asked.template ?? set?.template ?? DEFAULT_TEMPLATE };
}

/** The same again with other labels, for which a form asks. */
export function otherLabels(
  command: string,
  { labels, template }: Texts,
  model: string | undefined,
  locale: Locale,
): Button {
  const options = { labels: labels.join(', '), template, ...(model === undefined ? {} : { model }) };
  return { label: classifyTexts[locale].otherLabels, command, options, withImages: true, ask: ['labels'] };
}
