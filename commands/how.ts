import { z } from 'zod';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { MAX_LABELS } from '../src/chat/labels.ts';
import { reply } from '../src/chat/reply.ts';
import { classify, withVectors } from '../src/clip/classify.ts';
import { fill, templatesOf } from '../src/clip/prompts.ts';
import { drawDerivation } from '../src/draw/derivation.ts';
import { loadOnlyPicture } from '../src/image/load.ts';
import type { Services } from '../src/services.ts';
import { cautions } from './cautions.ts';
import { fileName } from './file-name.ts';
import { type Derivation, howTexts } from './how.texts.ts';
import { completeLabels } from './label-completion.ts';
import { labelsOption } from './labels-option.ts';
import { completeModel, modelOption } from './model-option.ts';
import { type Question, readQuestion } from './question.ts';
import { templateOption } from './template-option.ts';
import { warningOf } from './warned.ts';

/** More lines than this to a step hide what it is about. */
const MAX_SHOWN = 5;

const PACE: Pace = { person: { uses: 6, seconds: 10 }, channel: { uses: 60, seconds: 10 } };

const options = z.object({
  labels: labelsOption,
  template: templateOption,
  model: modelOption,
});

export const how: Command<Services> = {
  kind: 'action',
  name: 'how',
  korean: '원리',
  action: action<Services, typeof options>({
    description: {
      en: 'See how CLIP comes to its answer, in four steps on your image',
      ko: 'CLIP이 답에 이르는 네 단계를 내 이미지에서 보기',
    },
    options,
    images: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { labels: completeLabels, model: completeModel },

    async execute({ options, images, channel, locale }, services) {
      const question = await readQuestion(options, { least: 2, most: MAX_LABELS }, channel, services);
      const { labels, template, model, info } = question;
      const picture = await loadOnlyPicture(images);
      const [view, image, vectors] = await Promise.all([
        model.look(picture),
        model.embedImage(picture),
        model.embedLabels(labels, template),
      ]);
      const named = withVectors(labels, vectors);
      const scores = classify(image, named, info);
      const unscaled = classify(image, named, { ...info, logitScale: 1, logitBias: 0 });
      const sentences = templatesOf(template).length;
      const derivation: Derivation = { name: picture.name, view, template, sentences, scores, unscaled, info };
      const texts = howTexts[locale];
      const left = (count: number) => (count > MAX_SHOWN ? texts.more(count - MAX_SHOWN) : undefined);
      const drawing = await drawDerivation({
        heading: texts.heading(scores[0]?.label ?? ''),
        steps: texts.steps(derivation),
        input: view,
        patches: view.patches,
        sentences: written(question, derivation),
        moreSentences: left(sentences === 1 ? labels.length : sentences),
        scores: scores.slice(0, MAX_SHOWN),
        more: left(labels.length),
        footer: [...texts.footer(info, template), ...warningOf(info, locale)],
        lossy: picture.lossy,
      });
      return reply([texts.answer(derivation), ...cautions(labels, info, locale)].join('\n'), {
        images: [
          {
            name: fileName(picture.name, 'how', drawing),
            mediaType: drawing.mediaType,
            bytes: drawing.bytes,
            alt: texts.alt(derivation),
          },
        ],
        data: {
          model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
          image: picture.name,
          input: { width: view.width, height: view.height, patches: view.patches ? { ...view.patches } : null },
          templates: templatesOf(template),
          logitScale: info.logitScale,
          logitBias: info.logitBias,
          scores: scores.map((score) => ({ ...score })),
        },
      });
    },
  }),
};

/** The sentences of the best labels or, where each has many, the first ones of the best. */
function written({ template }: Question, { scores }: Derivation): string[] {
  const templates = templatesOf(template);
  const [single = ''] = templates;
  if (templates.length === 1) return scores.slice(0, MAX_SHOWN).map(({ label }) => fill(single, label));
  return templates.slice(0, MAX_SHOWN).map((each) => fill(each, scores[0]?.label ?? ''));
}
