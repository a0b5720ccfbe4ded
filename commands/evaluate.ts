import { z } from 'zod';
import { type ArchiveFile, loadArchive } from '../src/archive/read.ts';
import { action, type Command } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { keyOf, parseText } from '../src/chat/labels.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { DEFAULT_TEMPLATE, templatesOf } from '../src/clip/prompts.ts';
import { UserError } from '../src/errors.ts';
import type { LabelledPicture } from '../src/evaluation/encode-all.ts';
import { measureFewShot } from '../src/evaluation/few-shot.ts';
import type { Services } from '../src/services.ts';
import { fewShotTexts } from './few-shot.texts.ts';
import { drawFewShot, fewShotData, fewShotFiles } from './few-shot.ts';
import { chooseModel, completeModel, modelOption } from './model-option.ts';
import { templateOption } from './template-option.ts';

/** What a chat waits for; `npm run evaluate` has no limits. */
const LIMITS = { pictures: 500, classes: 50 };

const PACE: Pace = { person: { uses: 2, seconds: 60 }, channel: { uses: 4, seconds: 60 } };

const options = z.object({
  template: templateOption,
  seed: option(z.coerce.number().int().min(1).max(1_000_000).default(1), {
    korean: '시드',
    en: 'Another number draws other examples',
    ko: '다른 수를 쓰면 다른 예시를 뽑습니다',
  }),
  model: modelOption,
});

export const evaluate: Command<Services> = {
  kind: 'action',
  name: 'evaluate',
  korean: '평가',
  action: action<Services, typeof options>({
    description: {
      en: 'Measure zero-shot against a few examples on a zip with a folder of pictures per label',
      ko: '라벨마다 폴더가 있는 zip의 그림으로 제로샷과 예시 학습 견주기',
    },
    options,
    images: { min: 0, max: 0 },
    archives: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'public', pace: PACE },
    completers: { model: completeModel },

    async execute({ options, archives: [archive], channel, locale }, services, onProgress) {
      if (!archive) throw new UserError('archive-missing', {});
      const template = options.template ?? DEFAULT_TEMPLATE;
      templatesOf(template);
      const model = await chooseModel(options.model, channel, services);
      const pictures = labelled(archive.name, await loadArchive(archive));
      const settings = { template, seed: options.seed, onProgress };
      const report = await measureFewShot(model, pictures, services.trials, settings);
      const texts = fewShotTexts[locale];
      return reply([...texts.answer(report), ...texts.twice(report), ...texts.unread(report)].join('\n'), {
        images: await drawFewShot(report, locale),
        files: fewShotFiles(report, locale),
        data: fewShotData(report),
      });
    },
  }),
};

/** The files of a zip that lie in a folder, which is their label by the rules of labels; in its name, `_` stands for a space. */
function labelled(name: string, files: readonly ArchiveFile[]): LabelledPicture[] {
  const spelled = new Map<string, string>();
  const pictures = files.flatMap(({ path, read }): LabelledPicture[] => {
    const label = parseText(path.split('/').at(-2)?.replaceAll('_', ' ') ?? '');
    if (label === '') return [];
    if (!spelled.has(keyOf(label))) spelled.set(keyOf(label), label);
    return [{ name: path, label: spelled.get(keyOf(label)) ?? label, read }];
  });
  const count = pictures.length;
  if (count === 0) throw new UserError('no-class-folders', { name });
  if (count > LIMITS.pictures) throw new UserError('too-many-pictures', { count, limit: LIMITS.pictures });
  if (spelled.size > LIMITS.classes)
    throw new UserError('too-many-labels', { count: spelled.size, limit: LIMITS.classes });
  return pictures;
}
