import { z } from 'zod';
import { action, type Command, type Completer } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { keyOf, parseLabels } from '../src/chat/labels.ts';
import { option } from '../src/chat/options.ts';
import { reply } from '../src/chat/reply.ts';
import { dot } from '../src/clip/vectors.ts';
import { drawClassification } from '../src/draw/classification.ts';
import { UserError } from '../src/errors.ts';
import { loadPicture } from '../src/image/load.ts';
import type { Services } from '../src/services.ts';
import type { Example } from '../src/store/examples.ts';
import { fileName } from './file-name.ts';
import { chooseModel } from './model-option.ts';
import { isUnsure, requireTaught, taughtPanel } from './taught.ts';
import { teachTexts } from './teach.texts.ts';

const LIMITS = { labels: 50, examples: 2000 };
/** Vectors closer than this are of one picture: nothing else of it is kept that could be compared. */
const SAME = 0.9999;

const PACE: Pace = { person: { uses: 6, seconds: 10 }, channel: { uses: 60, seconds: 10 } };

const about = { korean: '라벨', en: 'What these images show', ko: '이 이미지들이 보여 주는 것' };
const addOptions = z.object({ label: option(z.string(), about, { main: true }) });

const forgetOptions = z.object({
  label: option(
    z.string().optional(),
    { korean: '라벨', en: 'Only the examples of this label', ko: '이 라벨의 예시만' },
    { main: true },
  ),
  whose: option(z.enum(['mine', 'everyone']).default('mine'), {
    korean: '누구',
    en: "Yours, or everyone's (for those who manage the channel)",
    ko: '내 것(mine), 또는 채널 관리자라면 모두의 것(everyone)',
  }),
});

const completeTaught: Completer<Services> = async (typed, { channel }, { teaching }) => {
  const labels = await teaching.examples.labels(channel);
  return labels.filter((label) => keyOf(label).startsWith(keyOf(typed.trim())));
};

export const teach: Command<Services> = {
  kind: 'group',
  name: 'teach',
  korean: '가르치기',
  offeredTo: 'everyone',
  description: {
    en: 'Teach this channel labels by a few images of each',
    ko: '라벨마다 이미지 몇 장으로 채널 가르치기',
  },
  subcommands: {
    add: {
      korean: '더하기',
      ...action<Services, typeof addOptions>({
        description: { en: 'Add images as examples of one label', ko: '한 라벨의 예시로 이미지 더하기' },
        options: addOptions,
        images: { min: 1, max: 10 },
        policy: { who: 'everyone', visibility: 'public', pace: PACE },
        completers: { label: completeTaught },
        async execute({ options, images, actor, channel, locale }, services) {
          const { examples } = services.teaching;
          const typed = oneLabel(options.label);
          const model = await chooseModel(undefined, channel, services);
          const [info, pictures, before] = await Promise.all([
            model.info(),
            Promise.all(images.map(loadPicture)),
            examples.all(channel),
          ]);
          const spelled = new Map(before.map(({ label }) => [keyOf(label), label]));
          const label = spelled.get(keyOf(typed)) ?? typed;
          const labels = spelled.set(keyOf(label), label).size;
          if (labels > LIMITS.labels) throw new UserError('too-many-labels', { limit: LIMITS.labels, count: labels });

          const vectors = await model.embedImages(pictures);
          const own = before.filter((example) => example.model === info.sha256);
          const named = pictures.map(({ name }, i) => ({ name, vector: vectors[i] ?? new Float32Array() }));
          const { fresh, ...known } = sortOut(label, named, own);
          const at = Date.now();
          const added = fresh.map(({ vector }) => ({ label, actor: actor.id, at, model: info.sha256, vector }));
          const finding = { added: fresh.map(({ name }) => name), ...known };
          if (before.length + added.length > LIMITS.examples) {
            throw new UserError('too-many-examples', { limit: LIMITS.examples });
          }
          if (added.length > 0) await examples.add(channel, added);
          const total = [...own, ...added].filter((example) => example.label === label).length;
          const counted = new Set([...own, ...added].map((example) => example.label)).size;
          const texts = teachTexts[locale];
          const stale = before.length - own.length;
          return reply(texts.added({ label, ...finding, total, labels: counted, stale }).join('\n'), {
            buttons:
              added.length > 0
                ? [{ label: texts.undo, command: 'teach', subcommand: 'undo', options: {}, withImages: false }]
                : [],
            data: { label, ...finding, total, labels: counted, otherModel: stale },
          });
        },
      }),
    },
    show: {
      korean: '보기',
      ...action<Services, z.ZodObject>({
        description: { en: 'What was taught here, in numbers', ko: '여기서 가르친 것을 수로 보기' },
        options: z.object({}),
        images: { min: 0, max: 0 },
        policy: { who: 'everyone', visibility: 'private' },
        async execute({ actor, channel, locale }, services) {
          const all = await services.teaching.examples.all(channel);
          if (all.length === 0) throw new UserError('nothing-taught', {});
          const { sha256 } = await (await chooseModel(undefined, channel, services)).info();
          const own = all.filter(({ model }) => model === sha256);
          const labels = [...new Set(own.map(({ label }) => label))].map((label) => {
            const these = own.filter((example) => example.label === label);
            return { label, examples: these.length, yours: these.filter((one) => one.actor === actor.id).length };
          });
          const shown = {
            labels,
            people: new Set(all.map((example) => example.actor)).size,
            first: Math.min(...all.map(({ at }) => at)),
            last: Math.max(...all.map(({ at }) => at)),
            stale: all.length - own.length,
          };
          return reply(teachTexts[locale].shown(shown).join('\n'), {
            data: { labels, people: shown.people, otherModel: shown.stale },
          });
        },
      }),
    },
    test: {
      korean: '시험',
      ...action<Services, z.ZodObject>({
        description: { en: 'Ask what was taught about an image', ko: '가르친 것으로 이미지 맞혀 보기' },
        options: z.object({}),
        images: { min: 1, max: 10 },
        policy: { who: 'everyone', visibility: 'public', pace: PACE },
        async execute({ images, channel, locale }, services) {
          const model = await chooseModel(undefined, channel, services);
          const info = await model.info();
          const classifier = requireTaught(await services.teaching.taught(channel, info.sha256));
          const pictures = await Promise.all(images.map(loadPicture));
          const vectors = await model.embedImages(pictures);
          const texts = teachTexts[locale];
          const counted = { count: classifier.count, labels: classifier.labels.length };
          const results = pictures.map((picture, i) => {
            return { picture, scores: classifier.classify(vectors[i] ?? new Float32Array()) };
          });
          const answers = results.map(({ picture, scores }) => texts.answer(picture.name, scores, isUnsure(scores)));
          const drawings = results.map(async ({ picture, scores }) => {
            const drawing = await drawClassification({ picture, ...taughtPanel(scores, classifier, info, locale) });
            const { mediaType, bytes } = drawing;
            const alt = texts.alt(picture.name, scores, counted, info);
            return { name: fileName(picture.name, 'taught', drawing), mediaType, bytes, alt };
          });
          return reply([...answers, texts.basis(counted)].join('\n'), {
            images: await Promise.all(drawings),
            data: {
              model: { id: info.id, family: info.family, dtype: info.dtype, sha256: info.sha256 },
              strength: classifier.strength,
              labels: classifier.labels.map(({ label, examples }) => ({ label, examples })),
              results: results.map(({ picture, scores }) => ({ image: picture.name, scores })),
            },
          });
        },
      }),
    },
    undo: {
      korean: '되돌리기',
      ...action<Services, z.ZodObject>({
        description: { en: 'Take back what you added last', ko: '내가 마지막에 더한 것 되돌리기' },
        options: z.object({}),
        images: { min: 0, max: 0 },
        policy: { who: 'everyone', visibility: 'public' },
        async execute({ actor, channel, locale }, { teaching }) {
          const count = await teaching.examples.undo(channel, actor.id);
          if (count === 0) throw new UserError('nothing-of-yours', {});
          return reply(teachTexts[locale].undone(count), { data: { removed: count } });
        },
      }),
    },
    forget: {
      korean: '잊기',
      ...action<Services, typeof forgetOptions>({
        description: {
          en: "Take your examples back, or everyone's of this channel",
          ko: '내 예시나 채널 모두의 예시 지우기',
        },
        options: forgetOptions,
        images: { min: 0, max: 0 },
        policy: { who: 'everyone', visibility: 'public' },
        completers: { label: completeTaught },
        async execute({ options, actor, channel, locale }, { teaching: { examples } }) {
          if (options.whose === 'everyone' && !actor.isManager)
            throw new UserError('not-allowed', { command: 'teach forget' });
          const whose = options.whose === 'mine' ? actor.id : undefined;
          const label = options.label === undefined ? undefined : oneLabel(options.label);
          const all = await examples.all(channel);
          const spelled = label && (all.find((example) => keyOf(example.label) === keyOf(label))?.label ?? label);
          const count = await examples.forget(channel, { label: spelled, actor: whose });
          if (count === 0) throw new UserError(whose === undefined ? 'nothing-taught' : 'nothing-of-yours', {});
          return reply(teachTexts[locale].forgotten(count), { data: { removed: count } });
        },
      }),
    },
  },
};

function oneLabel(text: string): string {
  const [label, ...others] = parseLabels(text);
  if (label === undefined || others.length > 0) throw new UserError('one-label', {});
  return label;
}

interface Named {
  name: string;
  vector: Float32Array;
}

/** Which images are new under the label, which it has already, and which another label has as well. */
function sortOut(label: string, images: readonly Named[], own: readonly Pick<Example, 'label' | 'vector'>[]) {
  const fresh: Named[] = [];
  const again: string[] = [];
  const elsewhere: { name: string; label: string }[] = [];
  for (const { name, vector } of images) {
    const isSame = (other: { vector: Float32Array }) => dot(other.vector, vector) > SAME;
    const same = own.filter(isSame);
    if (same.some((other) => other.label === label) || fresh.some(isSame)) {
      again.push(name);
      continue;
    }
    const [other] = same;
    if (other) elsewhere.push({ name, label: other.label });
    fresh.push({ name, vector });
  }
  return { fresh, again, elsewhere };
}
