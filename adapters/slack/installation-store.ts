import type { App, Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { z } from 'zod';
import type { Installations } from '../../src/store/installations.ts';
import { seal, unseal } from './seal.ts';

/** Of an installation, what it takes to speak with its bot's token. */
const keptSchema = z.object({
  team: z.object({ id: z.string(), name: z.string().exactOptional() }).optional(),
  enterprise: z.object({ id: z.string(), name: z.string().exactOptional() }).optional(),
  user: z.object({ id: z.string() }),
  bot: z.object({ token: z.string(), scopes: z.array(z.string()), id: z.string(), userId: z.string() }),
  appId: z.string().exactOptional(),
  isEnterpriseInstall: z.boolean().default(false),
  authVersion: z.literal('v2').default('v2'),
});

/** Keeps what each workspace installed the app with, sealed, one row each. */
export function createInstallationStore(installations: Installations, key: Uint8Array): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { team, enterprise, user, bot, appId, isEnterpriseInstall } = installation;
      const name = rowOf(isEnterpriseInstall ? undefined : team?.id, enterprise?.id);
      const kept = { team, enterprise, user: { id: user.id }, bot, appId, isEnterpriseInstall };
      await installations.keep(name, seal(JSON.stringify(kept), name, key));
    },
    async fetchInstallation({ teamId, enterpriseId, isEnterpriseInstall }) {
      const name = rowOf(isEnterpriseInstall ? undefined : teamId, enterpriseId);
      const sealed = await installations.find(name);
      if (sealed === undefined) throw new Error(`${name} has not installed the app`);
      return toInstallation(open(sealed, name, key));
    },
    async deleteInstallation({ teamId, enterpriseId, isEnterpriseInstall }: InstallationQuery<boolean>) {
      await installations.drop(rowOf(isEnterpriseInstall ? undefined : teamId, enterpriseId));
    },
  };
}

/** The token of the bot in a workspace; none where it has not installed the app. */
export async function findToken(
  installations: Installations,
  key: Uint8Array,
  team: string,
): Promise<string | undefined> {
  const name = rowOf(team, undefined);
  const sealed = await installations.find(name);
  return sealed === undefined ? undefined : open(sealed, name, key).bot.token;
}

function open(sealed: string, name: string, key: Uint8Array): z.infer<typeof keptSchema> {
  return keptSchema.parse(JSON.parse(unsealed(sealed, name, key)));
}

function unsealed(sealed: string, name: string, key: Uint8Array): string {
  try {
    return unseal(sealed, name, key);
  } catch (cause) {
    const mend = 'set the key it was kept with, or install the app there again';
    throw new Error(`what ${name} was installed with does not open with SLACK_TOKEN_KEY: ${mend}`, { cause });
  }
}

/** Forgets a workspace once the app is removed from it or its token is revoked. */
export function listenToRemovals(app: App, installations: Installations): void {
  app.event('app_uninstalled', async ({ body }) => installations.drop(rowOf(body.team_id, body.enterprise_id)));
  app.event('tokens_revoked', async ({ body, event }) => {
    if (event.tokens.bot?.length) await installations.drop(rowOf(body.team_id, body.enterprise_id));
  });
}

/** An installation for a whole organisation has no workspace. */
function rowOf(team: string | undefined, enterprise: string | undefined): string {
  return `slack:${team ?? enterprise}`;
}

function toInstallation(kept: z.infer<typeof keptSchema>): Installation<'v2', boolean> {
  const { team, enterprise, user, ...rest } = kept;
  return { ...rest, team, enterprise, user: { ...user, token: undefined, scopes: undefined } };
}
