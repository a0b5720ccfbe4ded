import type { Locale } from '../src/chat/locale.ts';
import { type Reply, type ReplyFile, reply } from '../src/chat/reply.ts';
import { type Finding, smallestOf } from './biasaudit.answer.ts';
import { csvOf, dataOf, scoresCsvOf } from './biasaudit.data.ts';
import { variantsOf } from './biasaudit.names.ts';
import { biasAuditTexts } from './biasaudit.texts.ts';

/** Every figure, to take along. */
export function showTable(finding: Finding, locale: Locale): Reply {
  const { files, tableText } = biasAuditTexts[locale];
  const { kind, manifest } = finding.pack;
  const { id } = manifest;
  const data = dataOf(finding);
  const bytes = (text: string) => new TextEncoder().encode(text);
  const csv = (name: string, text: string, description: string): ReplyFile => ({
    ...{ name: `${name}.csv`, mediaType: 'text/csv', bytes: bytes(text), description },
  });
  return reply(tableText(finding.audit.contrasts.length), {
    files: [
      csv(`biasaudit-${id}`, csvOf(finding), files.csv),
      // Never of pictures that somebody brought: a row would be about whoever is on one.
      ...(kind === 'own' ? [] : [csv(`biasaudit-${id}-scores`, scoresCsvOf(finding), files.scores)]),
      {
        name: `biasaudit-${id}.json`,
        mediaType: 'application/json',
        bytes: bytes(`${JSON.stringify(data, null, 2)}\n`),
        description: files.json,
      },
    ],
    data,
  });
}

/** What the pack cannot tell, and what could change the result. */
export function showMissing(finding: Finding, locale: Locale): Reply {
  const { kind, manifest } = finding.pack;
  const wordings = variantsOf(finding.pack, locale).map(({ label, value }) => `${label} (wording:${value})`);
  const { missing } = biasAuditTexts[locale];
  const text = missing(kind, manifest.notTested[locale], smallestOf(finding, locale), wordings.slice(0, 12));
  return reply(text, { data: dataOf(finding) });
}
