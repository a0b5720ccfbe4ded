import { UserError } from '../errors.ts';

/** Bounds the requests under way: `limit` in all, and half of them for any one person. */
export class Capacity {
  readonly #limit: number;
  readonly #underWay = new Map<string, number>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Takes a place and returns the function that gives it back.
   * @throws UserError `busy` when there is none.
   */
  enter(actor: string): () => void {
    const own = this.#underWay.get(actor) ?? 0;
    if (this.#total >= this.#limit || own >= Math.ceil(this.#limit / 2)) throw new UserError('busy', {});
    this.#total += 1;
    this.#underWay.set(actor, own + 1);
    return () => this.#leave(actor);
  }

  #leave(actor: string): void {
    this.#total -= 1;
    const own = (this.#underWay.get(actor) ?? 1) - 1;
    if (own > 0) this.#underWay.set(actor, own);
    else this.#underWay.delete(actor);
  }
}
