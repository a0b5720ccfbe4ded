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
    throw new EvaluationError(cause instanceof Error ? cause.message : String(cause), { cause });
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
