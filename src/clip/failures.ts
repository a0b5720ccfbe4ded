import { UserError } from '../errors.ts';
import { Unavailable } from './download-retry.ts';
import { NotUnderstood } from './explain/parts.ts';

/** What went wrong while a model was asked, where that is for people to mend. */
export function toUserError(error: unknown, model: string): unknown {
  if (error instanceof Unavailable) return unusable(model, error);
  if (!(error instanceof NotUnderstood)) return error;
  return new UserError('not-explainable', { model, missing: error.missing }, { cause: error });
}

/** Why a model cannot be had, or not be used, in a sentence. */
export function unusable(model: string, cause: unknown): UserError<'model-unavailable'> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = cause instanceof Unavailable ? cause.problem : ({ kind: 'not-loadable', reason } as const);
  const told = problem.kind === 'not-loadable' ? { ...problem, reason: readable(problem.reason) } : problem;
  return new UserError('model-unavailable', { model, problem: told }, { cause });
}

/** What leads to a file, in a sentence that another library wrote: it is not for people in a chat to know. */
const FOLDERS = /(?:[A-Za-z]:)?[\\/](?:[^\\/'"\n]+[\\/])+/g;

function readable(reason: string): string {
  return reason.replace(FOLDERS, '').replace(/\s+/g, ' ').trim();
}
