import { setTimeout as sleep } from 'node:timers/promises';
import type { Violation } from './api-error.ts';
import { Changes } from './changes.ts';
import type { Message } from './message.ts';

/** Milliseconds after which a test is told that the bot hangs, unless it said otherwise. */
export const PATIENCE = 60_000;
const QUIET = 100;

/** All that the bot does with one thing that a user did. */
export abstract class Answers {
  /** What the user got to see, in order, with what became of it. */
  readonly messages: Message[] = [];
  readonly violations: Violation[] = [];
  protected readonly changes = new Changes();
  #lastTouch = performance.now();

  /** The bot did something. */
  touch(): void {
    this.#lastTouch = performance.now();
    this.changes.happened();
  }

  show(message: Message): void {
    message.about ??= this;
    if (!this.messages.includes(message)) this.messages.push(message);
    this.touch();
  }

  /** The last message that was not deleted. */
  get answer(): Message | undefined {
    return this.messages.findLast(({ isDeleted }) => !isDeleted);
  }

  protected abstract get isAnswered(): boolean;
  protected abstract describe(): string;

  /** @throws Error when the bot has not answered in time; thinking is no answer */
  async answered(milliseconds = PATIENCE): Promise<this> {
    await this.changes.until(
      () => this.isAnswered,
      milliseconds,
      () => `${this.describe()} was not answered${this.#complaints()}`,
    );
    return this;
  }

  /** Answered, and the bot has done nothing more with it for `quiet` milliseconds. */
  async settled(milliseconds = PATIENCE, quiet = QUIET): Promise<this> {
    await this.answered(milliseconds);
    for (;;) {
      const left = this.#lastTouch + quiet - performance.now();
      if (left <= 0) return this;
      await sleep(left);
    }
  }

  #complaints(): string {
    const rules = this.violations.map(({ rule, message }) => `${rule}: ${message}`);
    return rules.length ? ` (${rules.join('; ')})` : '';
  }
}
