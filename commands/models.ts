import { z } from 'zod';
import { action, type Command, type Subcommand } from '../src/chat/command.ts';
import type { Locale, Localised } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { reply, type Table } from '../src/chat/reply.ts';
import type { Request } from '../src/chat/request.ts';
import { BUNDLED } from '../src/clip/bundled.ts';
import { type ModelFacts, readFacts } from '../src/clip/facts.ts';
import { TO_FETCH } from '../src/clip/known-models.ts';
import type { LocalModel, ModelLibrary } from '../src/clip/library.ts';
import { expectedMemory } from '../src/clip/model-pool.ts';
import { DTYPES } from '../src/config.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';
import { modelsTexts } from './models.texts.ts';

const idTexts = { korean: '아이디', en: 'Its id on the hub, owner/name', ko: '허브의 아이디, 소유자/이름' };
const idOption = option(z.string(), idTexts, { main: true, suggestions: TO_FETCH.map(({ id }) => id) });
const dtypeOption = option(z.enum(DTYPES).optional(), {
  korean: '정밀도',
  en: 'Which variant of its files',
  ko: '어느 파일 묶음',
});

interface Spec<O extends z.ZodObject> {
  korean: string;
  description: Localised;
  options: O;
  run(request: Request<z.output<O>>, library: ModelLibrary): Promise<ReturnType<typeof reply>>;
}

/** Only the command line knows `models`: see commands/index.ts. */
function subcommand<O extends z.ZodObject>({ korean, run, ...spec }: Spec<O>): Subcommand<Services> {
  const policy = { who: 'manager', visibility: 'private' } as const;
  const execute = (request: Request<z.output<O>>, { library }: Services) => run(request, library);
  return { korean, ...action<Services, O>({ ...spec, images: { min: 0, max: 0 }, policy, execute }) };
}

export const models: Command<Services> = {
  kind: 'group',
  name: 'models',
  korean: '모델',
  offeredTo: 'manager',
  description: { en: 'The models that are here or can be fetched', ko: '여기 있거나 받을 수 있는 모델' },
  subcommands: {
    list: subcommand({
      korean: '목록',
      description: { en: 'List known good models, and those that are here', ko: '알려진 모델과 여기 있는 모델 보기' },
      options: z.object({}),
      async run({ locale }, library) {
        const here = await library.list();
        const unfinished = (await library.ids()).filter((id) => here.every((local) => local.id !== id));
        const { howTo, unfinished: told } = modelsTexts[locale];
        return reply([howTo, ...unfinished.map(told)].join('\n'), {
          tables: [await bundledTable(locale), knownTable(here, locale), ...otherTable(here, locale)],
          data: {
            bundled: (await bundled()).map(({ id, licence, languages, goodAt, warning }) => {
              return { id, licence, languages, goodAt: goodAt[locale], warning: warning?.[locale] };
            }),
            known: TO_FETCH.map(({ id, licence, goodAt, languages = ['en'], megabytes }) => {
              return { id, licence, goodAt: goodAt[locale], languages, megabytes };
            }),
            here: here.map(({ id, kind, dtype, revision, bytes }) => ({ id, kind, dtype, revision, bytes })),
            unfinished,
          },
        });
      },
    }),
    pull: subcommand({
      korean: '받기',
      description: { en: 'Fetch a model from the hub, and verify it', ko: '허브에서 모델을 받아 확인하기' },
      options: z.object({ id: idOption, dtype: dtypeOption }),
      async run({ options: { id, dtype = 'fp32' }, locale }, library) {
        refuseBundled(id);
        await library.pull(id, dtype, new AbortController().signal);
        const model = (await library.list()).find((local) => local.id === id && local.dtype === dtype);
        if (!model) throw new Error(`${id} was pulled and is not there`);
        const { kind, revision, bytes } = model;
        return reply(modelsTexts[locale].pulled(model, toMegabytes(bytes)), {
          data: { id, kind, dtype, revision, bytes },
        });
      },
    }),
    verify: subcommand({
      korean: '확인',
      description: {
        en: 'Look at every byte of the models that are here',
        ko: '여기 있는 모델을 한 바이트씩 확인하기',
      },
      options: z.object({ id: option(z.string().optional(), idTexts, { main: true }) }),
      async run({ options: { id }, locale }, library) {
        const ids = id === undefined ? await library.ids() : [await requireHere(id, library)];
        const results = (await Promise.all(ids.map((one) => library.verify(one)))).flat();
        const unfinished = ids.filter((one) => results.every((result) => result.id !== one));
        const damaged = results.filter((result) => result.damaged.length > 0);
        if (damaged.length > 0) {
          const files = damaged.flatMap((result) => result.damaged).join(', ');
          const mend = damaged.map(({ id, dtype }) => `models pull ${id} --dtype ${dtype}`).join('; ');
          throw new UserError('model-damaged', { files, mend });
        }
        const texts = modelsTexts[locale];
        const told = [...results.map(texts.intact), ...unfinished.map(texts.unfinished)];
        return reply(told.join('\n') || texts.nothingHere, {
          data: { models: results.map(({ id, dtype, files }) => ({ id, dtype, files })), unfinished },
        });
      },
    }),
    remove: subcommand({
      korean: '지우기',
      description: { en: 'Remove all that is here of a model', ko: '모델을 모두 지우기' },
      options: z.object({ id: idOption }),
      async run({ options: { id }, locale }, library) {
        await requireHere(id, library);
        const bytes = await library.remove(id);
        return reply(modelsTexts[locale].removed(id, toMegabytes(bytes)), { data: { id, bytes } });
      },
    }),
  },
};

/** @throws UserError `model-bundled` */
function refuseBundled(id: string): void {
  if (BUNDLED.has(id)) throw new UserError('model-bundled', { id });
}

/** @throws UserError `model-bundled`, or `model-not-here` naming those that are */
async function requireHere(id: string, library: ModelLibrary): Promise<string> {
  refuseBundled(id);
  const ids = await library.ids();
  if (!ids.includes(id)) throw new UserError('model-not-here', { id, models: ids.join(', ') });
  return id;
}

/** The facts of the models that come with Cliplens. */
function bundled(): Promise<ModelFacts[]> {
  return Promise.all([...BUNDLED].map(([name, folder]) => readFacts(name, folder)));
}

async function bundledTable(locale: Locale): Promise<Table> {
  const { bundled: title, bundledColumns: columns } = modelsTexts[locale];
  const rows = (await bundled()).map(({ id, languages, goodAt, warning }) => {
    return [id, languages.join(', '), (warning ?? goodAt)[locale]];
  });
  return { title, columns, rows };
}

function knownTable(here: readonly LocalModel[], locale: Locale): Table {
  const { known: title, columns } = modelsTexts[locale];
  const rows = TO_FETCH.map(({ id, megabytes, licence, goodAt, languages = ['en'] }) => {
    const sizes = Object.entries(megabytes);
    const memory = sizes.map(([dtype, size]) => `${dtype} ${toMegabytes(expectedMemory(size * 1e6))}`);
    const dtypes = here.filter((local) => local.id === id).map(({ dtype }) => dtype);
    const listed = sizes.map(([dtype, size]) => `${dtype} ${size}`);
    return [id, listed.join(', '), memory.join(', '), dtypes.join(', '), languages.join(', '), licence, goodAt[locale]];
  });
  return { title, columns, rows };
}

function otherTable(here: readonly LocalModel[], locale: Locale): Table[] {
  const { others: title, otherColumns: columns, uses } = modelsTexts[locale];
  const others = here.filter(({ id }) => TO_FETCH.every((known) => known.id !== id));
  const rows = others.map(({ id, kind, dtype, bytes }) => {
    return [id, dtype, String(toMegabytes(bytes)), String(toMegabytes(expectedMemory(bytes))), uses[kind]];
  });
  return rows.length > 0 ? [{ title, columns, rows }] : [];
}

function toMegabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
