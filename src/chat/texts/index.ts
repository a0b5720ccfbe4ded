import type { ErrorCode, ErrorParameters, ModelProblem, UserError } from '../../errors.ts';
import type { Locale } from '../locale.ts';
import * as en from './en.ts';
import * as ko from './ko.ts';

/** A sentence for every code: what is wrong and what to do next. */
export type ErrorTexts = { readonly [C in ErrorCode]: (parameters: ErrorParameters[C]) => string };

/** What stands beside every command's own texts. */
interface Phrases {
  bug(id: string): string;
  /** On the button that shows a private answer to everybody. */
  share: string;
  /** On the button that asks for what is missing. */
  type: string;
  madeSmaller: string;
  leftOut: string;
  fileLeftOut: string;
  tooManyFiles(limit: number): string;
  /** How long something still takes. */
  timeLeft(seconds: number): string;
  /** How far an answer is, in its place until it is there. */
  progress(done: number, total: number, secondsLeft: number | undefined): string;
  /** Why a model cannot be used and what to do, as it stands behind a colon. */
  modelProblem(problem: ModelProblem): string;
}

interface Texts extends Phrases {
  error<C extends ErrorCode>(error: UserError<C>): string;
}

const TEXTS: Record<Locale, Phrases & { errors: ErrorTexts }> = { en, ko };

/** What every command may have to say, in one language. */
export function textsFor(locale: Locale): Texts {
  const { errors, ...phrases } = TEXTS[locale];
  return { ...phrases, error: (error) => errors[error.code](error.parameters) };
}
