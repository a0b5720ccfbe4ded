import { access, constants, mkdir } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { duration } from '../src/chat/texts/duration.ts';
import { type OnProgress, RemainingTime } from '../src/progress.ts';
import { EvaluationError } from './dataset.ts';

/** What `npm run evaluate -- NAME` does. */
export interface Subcommand {
  usage: string;
  /** @throws EvaluationError or UserError where what was asked for cannot be done */
  run(parameters: string[]): Promise<void>;
}

/** @throws EvaluationError */
export function parseOptions<const T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EvaluationError(`${reason.replace(/\.?$/, '.')} Add --help to see what there is.`, { cause });
  }
}

/** Makes the folder of the results, before hours of work that could not be kept. @throws EvaluationError */
export async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (cause) {
    throw new EvaluationError(`Nothing can be written to ${out}. Name another folder with --out.`, { cause });
  }
}

/** The parts of a text between commas. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Tells on stderr how far something is, and how long the rest will take. */
export function progressOf(name: string): OnProgress {
  const { isTTY } = process.stderr;
  const remaining = new RemainingTime();
  return (done, total) => {
    const left = remaining.of(done, total);
    const line = `${name}: ${done} / ${total}${left === undefined || done === total ? '' : `, about ${duration('en', left)} left`}`;
    if (isTTY) process.stderr.write(`\r\x1b[K${line}${done === total ? '\n' : ''}`);
    else if (done === total || done % 160 === 0) process.stderr.write(`${line}\n`);
  };
}
