/** A call that Slack answers with `ok: false`. */
export class Refusal extends Error {
  readonly code: string;
  /** Further fields of the answer. */
  readonly fields: Record<string, unknown>;

  constructor(code: string, detail = '', fields: Record<string, unknown> = {}) {
    super(detail);
    this.code = code;
    this.fields = fields;
  }
}

/** The refusal of what does not fit a schema, each message with a pointer to its place as Slack gives it. */
export function invalid(code: string, messages: readonly string[]): Refusal {
  return new Refusal(code, messages.join('; '), {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}
