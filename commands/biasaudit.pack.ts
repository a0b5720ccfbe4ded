import type { Pack } from '../src/audit/load-pack.ts';
import type { Completer } from '../src/chat/command.ts';
import { UserError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';

export const completePacks: Completer<Services> = async (typed, _, { packs }) =>
  (await packs.ids()).filter((id) => id.includes(typed.trim().toLowerCase()));

export const packTexts = {
  korean: '묶음',
  en: 'Which pack of probes; list shows them',
  ko: '어느 검사 묶음. list로 모두 보기',
};

/** @throws UserError `pack-off` where it may hurt and nobody who manages the channel turned it on */
export async function requireAllowed(
  { manifest: { id, content } }: Pack,
  channel: string,
  { allowedPacks }: Services,
): Promise<void> {
  if (content === 'harmful' && !(await allowedPacks.has(channel, id))) throw new UserError('pack-off', { pack: id });
}
