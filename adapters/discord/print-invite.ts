import { ConfigError, loadConfig } from '../../src/config.ts';
import { inviteLink } from './invite.ts';

try {
  process.stdout.write(`${inviteLink(loadConfig().DISCORD_TOKEN)}\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
