import type { OwnGroups } from '../src/audit/own-groups.ts';
import { tellsApart } from '../src/audit/verdict.ts';
import type { Locale } from '../src/chat/locale.ts';
import type { ClipModel } from '../src/clip/model.ts';
import type { Finding } from './biasaudit.answer.ts';
import { ownTexts } from './biasaudit.own.texts.ts';
import { noteCut } from './cut-texts.ts';

/** How many files are named that lie beside the folders. */
const NAMED = 3;

/** With fewer in a group, what is called a 95 % interval holds for about 90 to 94 % of such groups: see docs/biasaudit.md. */
const FEW = 12;

/** What a reader should know of the pictures that were brought, and of how they were compared. */
export function notesOf({ pack, audit }: Finding, sorted: OwnGroups, unpaired: number, locale: Locale): string[] {
  const texts = ownTexts[locale];
  const { pairing, groups, contrasts } = pack.manifest;
  const check = audit.contrasts.find(({ role }) => role === 'manipulation');
  const isPaired = pairing === 'counterfactual';
  const fewest = Math.min(...audit.contrasts.flatMap(({ bases }) => bases));
  return [
    ...(fewest < FEW ? [texts.few(FEW)] : []),
    ...(check ? [] : [texts.notChecked(`${groups[0]?.id}/${groups[1]?.id}`)]),
    // Then it is the names that are the wrong way round, not the model that is blind.
    ...(check && tellsApart(1 - check.auc) ? [texts.reversed] : []),
    ...(contrasts.length > 0 ? [texts.declared] : []),
    ...(isPaired ? [texts.paired(unpaired)] : []),
    ...(!isPaired && areNamesTheSame(sorted) ? [texts.couldBePaired] : []),
    ...(sorted.repeated > 0 ? [texts.repeated(sorted.repeated)] : []),
    ...(sorted.beside.length > 0
      ? [texts.beside(sorted.beside.slice(0, NAMED), Math.max(0, sorted.beside.length - NAMED))]
      : []),
  ];
}

/** What to say of labels that the model does not read to their end: two that begin alike are the same to it. */
export async function cutNotes({ pack }: Finding, model: ClipModel, locale: Locale): Promise<string[]> {
  const { terms, templates } = pack.manifest;
  const labels = terms.map(({ text }) => text);
  const notes = await Promise.all(templates.map((template) => noteCut(labels, template, model, locale)));
  return [...new Set(notes.flat())];
}

function areNamesTheSame({ groups: [first, ...others] }: OwnGroups): boolean {
  const names = new Set(first?.pictures.map(({ name }) => name));
  return others.every(
    ({ pictures }) => pictures.length === names.size && pictures.every(({ name }) => names.has(name)),
  );
}
