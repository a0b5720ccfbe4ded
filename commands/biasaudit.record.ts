import type { Locale } from '../src/chat/locale.ts';
import type { Services } from '../src/services.ts';
import type { AuditRun } from '../src/store/audit-history.ts';
import type { Finding } from './biasaudit.answer.ts';
import { signed } from './biasaudit.figures.ts';
import { historyTexts } from './biasaudit.history.texts.ts';
import { namesOf } from './biasaudit.names.ts';
import { nameOf } from './classify.texts.ts';
import { moment } from './moment.ts';

/**
 * Keeps what a run found in its channel. The seed is not kept: it moves the ends of an interval, never the effect.
 * @returns a line that tells the change since the run before, where there was one
 */
export async function recordRun(
  finding: Finding,
  channel: string,
  locale: Locale,
  { auditHistory }: Services,
): Promise<string[]> {
  const run = toRun(finding);
  const before = await Promise.all(run.map((one) => auditHistory.last(channel, one)));
  await auditHistory.add(channel, run);
  const texts = historyTexts[locale];
  const [last] = before.filter((one) => one !== undefined);
  if (!last) return [];
  const names = namesOf(finding.pack, locale);
  const changes = run.map((one, i) => changeSince(before[i], one, locale));
  const isSame = changes.every((change) => change === texts.same);
  const told = isSame ? [texts.same] : run.map(({ style }, i) => `${names.style(style)} ${changes[i]}`);
  return [texts.since(moment(last.at, 'UTC'), told.join(', '))];
}

/** How far the effect moved, and to which verdict if to another. */
export function changeSince(before: AuditRun | undefined, now: AuditRun, locale: Locale): string {
  const texts = historyTexts[locale];
  if (!before) return '\u2013';
  const moved = before.effect === null || now.effect === null ? undefined : signed(now.effect - before.effect);
  if (before.verdict !== now.verdict) {
    return `${moved ?? '\u2013'} (${texts.verdict(before.verdict)} \u2192 ${texts.verdict(now.verdict)})`;
  }
  return moved === undefined || moved === signed(0) ? texts.same : moved;
}

function toRun({ pack, info, audit }: Finding): AuditRun[] {
  const at = Date.now();
  return audit.verdicts.flatMap(({ style, kind }) => {
    const primary = audit.contrasts.find((one) => one.role === 'primary' && one.style === style);
    if (!primary) return [];
    const none = { value: null, low: null, high: null };
    const { value: effect, low, high } = kind === 'not-interpretable' ? none : primary.effect;
    const of = { pack: pack.manifest.id, packHash: pack.sha256, style, model: nameOf(info) };
    return [{ ...of, at, verdict: kind, effect, low, high }];
  });
}
