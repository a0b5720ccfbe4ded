import { z } from 'zod';
import { loadArchive } from '../src/archive/read.ts';
import { sortIntoGroups } from '../src/audit/own-groups.ts';
import { OWN_TEMPLATES, ownPack } from '../src/audit/own-pack.ts';
import { action, type Subcommand } from '../src/chat/command.ts';
import type { Pace } from '../src/chat/cooldowns.ts';
import { parsePair, parsePairs } from '../src/chat/label-pairs.ts';
import { parseLabels } from '../src/chat/labels.ts';
import { writeLine } from '../src/chat/line.ts';
import type { Locale } from '../src/chat/locale.ts';
import { option } from '../src/chat/options.ts';
import { type Button, type Reply, reply } from '../src/chat/reply.ts';
import { templatesOf } from '../src/clip/prompts.ts';
import { UserError } from '../src/errors.ts';
import type { OnProgress } from '../src/progress.ts';
import type { Services } from '../src/services.ts';
import { describeChart, drawAudit, type Finding, summarise } from './biasaudit.answer.ts';
import { dataOf } from './biasaudit.data.ts';
import { showMissing, showTable } from './biasaudit.files.ts';
import { find, findingOptions } from './biasaudit.find.ts';
import { cutNotes, notesOf } from './biasaudit.own.notes.ts';
import { ownTexts } from './biasaudit.own.texts.ts';
import { biasAuditTexts } from './biasaudit.texts.ts';
import { chooseModel, completeModel } from './model-option.ts';
import { templateOption } from './template-option.ts';

const PACE: Pace = { person: { uses: 6, seconds: 60 }, channel: { uses: 12, seconds: 60 } };

const options = z.object({
  pairs: option(
    z.string().optional(),
    {
      korean: '라벨쌍',
      en: 'Labels to choose between, as in nurse/doctor, teacher/mechanic; the verdict is on the first pair',
      ko: '모델이 고를 라벨 쌍: 간호사/의사, 교사/정비사. 판정은 첫 쌍에 대한 것',
    },
    { main: true },
  ),
  groups: option(z.string().optional(), {
    korean: '그룹',
    en: 'Folders to compare, the first with each of the others; else all, by name',
    ko: '견줄 폴더. 첫 폴더를 나머지와 견줌. 없으면 이름순으로 모두',
  }),
  check: option(z.string().optional(), {
    korean: '확인',
    en: 'Two labels that name the first two groups in order, as in woman/man: does the model tell them apart?',
    ko: '처음 두 그룹을 차례로 부르는 라벨 둘: 여성/남성. 모델이 둘을 구별하는지 확인',
  }),
  pairing: option(z.enum(['none', 'names']).optional(), {
    korean: '짝',
    en: 'names: files of one name in each group show the same thing, with one change',
    ko: 'names: 그룹마다 이름이 같은 파일은 한 가지만 바꾼 같은 대상',
  }),
  template: templateOption,
  show: option(z.enum(['summary', 'table', 'missing']).optional(), {
    korean: '보기',
    en: 'The summary, the full table as files, or what is missing',
    ko: '요약(summary), 파일로 된 전체 표(table), 빠진 것(missing)',
  }),
  ...findingOptions,
});

type Options = z.output<typeof options>;

/** Offered where nobody looks on: see commands/index.ts. */
export const own: Subcommand<Services> = {
  korean: '내사진',
  ...action<Services, typeof options>({
    description: {
      en: 'Compare groups of your own pictures: a zip with a folder for each group. None is kept',
      ko: '내 사진을 그룹끼리 견주기: 그룹마다 폴더가 있는 zip. 보관하지 않음',
    },
    options,
    images: { min: 0, max: 0, refusal: 'image-not-audited' },
    archives: { min: 1, max: 1 },
    policy: { who: 'everyone', visibility: 'private', pace: PACE },
    completers: { model: completeModel },

    async execute({ options, archives: [archive], channel, locale }, services, onProgress) {
      if (!archive) throw new UserError('archive-missing', {});
      // First: on the command line, labels without a folder stand where the folder should.
      const files = await loadArchive(archive);
      const question = readQuestion(options);
      const model = await chooseModel(options.model, channel, services);
      const sorted = await sortIntoGroups(archive.name, files, parseLabels(options.groups ?? ''));
      const { pack, unpaired } = ownPack(sorted.groups, question);
      // Each picture is opened twice, first to see that it can be: half of the work, which is not to be told as all of it.
      await services.audits.check(model, pack, (done, total) => onProgress(done, 2 * total));
      const onFound: OnProgress = (done, total) => onProgress(total + done, 2 * total);
      const finding = await find(pack, options, channel, services, onFound);
      if (options.show === 'table') return showTable(finding, locale);
      if (options.show === 'missing') return showMissing(finding, locale);
      const notes = [...notesOf(finding, sorted, unpaired, locale), ...(await cutNotes(finding, model, locale))];
      return showSummary(finding, options, notes, locale);
    },
  }),
};

function readQuestion({ pairs, check, template, pairing }: Options) {
  return {
    pairs: parsePairs(pairs ?? ''),
    check: check === undefined ? undefined : parsePair(check),
    templates: template === undefined ? OWN_TEMPLATES : [...new Set(template.split('\n').flatMap(templatesOf))],
    areNamesPairs: pairing === 'names',
  };
}

async function showSummary(finding: Finding, asked: Options, notes: readonly string[], locale: Locale): Promise<Reply> {
  const { bytes, mediaType } = await drawAudit(finding, locale);
  const { show: _, ...rest } = asked;
  const again = Object.fromEntries(
    Object.entries({ ...rest, seed: finding.seed }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
  const button = (label: string, show: string): Button => ({
    ...{ label, command: 'biasaudit', subcommand: 'own', withImages: true },
    options: { ...again, show },
  });
  const { fullTable, whatIsMissing } = biasAuditTexts[locale];
  const replay = ownTexts[locale].replay(writeLine({ command: 'biasaudit', subcommand: 'own', options: again }));
  return reply(summarise(finding, locale, { notes, replay }), {
    images: [{ name: 'biasaudit-own.png', mediaType, bytes, alt: describeChart(finding, locale) }],
    buttons: [button(fullTable, 'table'), button(whatIsMissing, 'missing')],
    data: dataOf(finding),
  });
}
