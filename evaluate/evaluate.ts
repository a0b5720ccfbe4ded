import { textsFor } from '../src/chat/texts/index.ts';
import { UserError } from '../src/errors.ts';
import { classify } from './commands/classify.ts';
import { detect } from './commands/detect.ts';
import { fewshot } from './commands/fewshot.ts';
import { saliency } from './commands/saliency.ts';
import { segment } from './commands/segment.ts';
import { EvaluationError } from './dataset.ts';
import type { Subcommand } from './subcommand.ts';

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = { classify, fewshot, saliency, detect, segment };

async function main([name = '', ...parameters]: string[]): Promise<void> {
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  const asksHelp = [name, ...parameters].includes('--help');
  if (subcommand && !asksHelp) return subcommand.run(parameters);
  const shown = subcommand ? [subcommand] : Object.values(SUBCOMMANDS);
  process.stdout.write(shown.map(({ usage }) => usage).join('\n'));
  process.exitCode = asksHelp ? 0 : 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isTold = error instanceof EvaluationError || error instanceof UserError;
  if (!isTold) throw error;
  const message = error instanceof UserError ? textsFor('en').error(error) : error.message;
  process.stderr.write(`${message}\n`);
  process.exit(1); // else the thread of a model goes on
}
