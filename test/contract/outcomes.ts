import type { Outcome } from '../../src/chat/dispatch.ts';
import type { ChatParts } from '../../src/chat/parts.ts';

/** What was dispatched, so that a test knows when an answer is complete. */
export class Outcomes {
  isStopped = false;
  last: Outcome | undefined;
  #pending = 0;
  #watchers: (() => void)[] = [];

  watch(dispatch: ChatParts['dispatch']): ChatParts['dispatch'] {
    return async (...asked) => {
      this.#pending += 1;
      this.last = await dispatch(...asked);
      this.#pending -= 1;
      for (const look of this.#watchers.splice(0)) look();
      return this.last;
    };
  }

  async idle(): Promise<void> {
    while (this.#pending > 0 && !this.isStopped) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }
}
