import { type CommandDescription, findDescription } from '../../src/chat/describe.ts';
import { type Dispatch, toOutcome } from '../../src/chat/dispatch.ts';
import { localChannel } from '../../src/chat/local.ts';
import { toLocale } from '../../src/chat/locale.ts';
import { sortFiles } from '../../src/chat/sent.ts';
import type { ModelStatus } from '../../src/clip/status.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import { showDownload } from './download.ts';
import { toReference } from './files.ts';
import { printOutcome } from './render.ts';
import { StatusLine } from './status-line.ts';
import { usage } from './usage.ts';

interface CliParts {
  argv: readonly string[];
  commands: readonly CommandDescription[];
  dispatch: Dispatch;
  status: () => ModelStatus;
}

/** Runs one command line. @returns the exit code: 0 for an answer, 1 for anything else */
export async function runCli({ argv, commands, dispatch, status }: CliParts): Promise<number> {
  const systemLocale = toLocale(Intl.DateTimeFormat().resolvedOptions().locale);
  let parsed: Arguments;
  try {
    parsed = parseArguments(argv, commands);
  } catch (error) {
    return printOutcome(toOutcome(error, systemLocale), { json: argv.includes('--json'), out: undefined });
  }
  const { command, subcommand, options, files, channel, locale = systemLocale } = parsed;
  if (parsed.help || command === '') {
    process.stdout.write(`${usage(commands, command, locale)}\n`);
    return parsed.help ? 0 : 1;
  }
  const missing = findDescription(commands, parsed)?.images.max === 0 ? 'folder' : 'file';
  const statusLine = new StatusLine();
  const endDownload = showDownload(status, locale, statusLine);
  const request = {
    command,
    subcommand,
    options,
    ...sortFiles(await Promise.all(files.map((path) => toReference(path, missing)))),
    actor: { id: 'cli', isManager: true, isOperator: true },
    channel: localChannel(channel),
    locale,
  };
  const outcome = await dispatch(request, { tell: async (line) => statusLine.show(line) });
  endDownload();
  statusLine.clear();
  return printOutcome(outcome, parsed).catch((error) => printOutcome(toOutcome(error, locale), parsed));
}
