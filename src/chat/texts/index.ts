import type { ErrorCode, ErrorParameters, UserError } from '../../errors.ts';
import type { Locale } from '../locale.ts';
import * as en from './en.ts';
import * as ko from './ko.ts';

/** A sentence for every code: what is wrong and what to do next. */
export type ErrorTexts = { readonly [C in ErrorCode]: (parameters: ErrorParameters[C]) => string };

interface Texts {
  error<C extends ErrorCode>(error: UserError<C>): string;
  bug(id: string): string;
}

const TEXTS: Record<Locale, { errors: ErrorTexts; bug(id: string): string }> = { en, ko };

/** What every command may have to say, in one language. */
export function textsFor(locale: Locale): Texts {
  const { errors, bug } = TEXTS[locale];
  return { error: (error) => errors[error.code](error.parameters), bug };
}
