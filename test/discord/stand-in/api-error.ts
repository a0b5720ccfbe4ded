/** A rule of Discord that the bot broke, or a condition that it ran into. */
export interface Violation {
  /** Such as `content-length` or `acknowledged-twice`. */
  rule: string;
  /** Such as `POST /channels/1/messages`. */
  request: string;
  message: string;
}

/** A refusal in Discord's own terms: an HTTP status and a JSON code. */
export class ApiError extends Error {
  readonly rule: string;
  readonly status: number;
  readonly code: number;
  readonly field: string | undefined;

  constructor(rule: string, status: number, code: number, message: string, field?: string) {
    super(message);
    this.rule = rule;
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /** The body of the answer. A field's error lies as deep as the field: `embeds.0.title`. */
  get body(): object {
    if (this.field === undefined) return { message: this.message, code: this.code };
    const error: object = { _errors: [{ code: this.rule.toUpperCase().replaceAll('-', '_'), message: this.message }] };
    const errors = this.field.split('.').reduceRight((inner, name) => ({ [name]: inner }), error);
    return { message: 'Invalid Form Body', code: this.code, errors };
  }
}

export const INVALID_FORM = 50035;

/** @throws ApiError 400 with code 50035 unless `holds` */
export function check(holds: boolean, rule: string, field: string, message: string): void {
  if (!holds) throw new ApiError(rule, 400, INVALID_FORM, message, field);
}

/** Length as Discord counts it, in code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

export function checkLength(text: string, [least, most]: [number, number], rule: string, field: string): void {
  const length = lengthOf(text);
  check(
    length >= least && length <= most,
    rule,
    field,
    `Must be between ${least} and ${most} in length, is ${length}.`,
  );
}

/** Discord lets a name stand once in a form: custom ids, options, values of choices. */
export function checkDistinct(names: string[], rule: string, field: string): void {
  check(new Set(names).size === names.length, rule, field, `Must not be there twice: ${names.join(', ')}`);
}

/** What an unknown id of a resource is answered with. */
export const unknown = {
  channel: () => new ApiError('unknown-channel', 404, 10003, 'Unknown Channel'),
  interaction: (why: string) => new ApiError(why, 404, 10062, 'Unknown interaction'),
  message: () => new ApiError('unknown-message', 404, 10008, 'Unknown Message'),
  webhook: (why: string) => new ApiError(why, 404, 10015, 'Unknown Webhook'),
};
