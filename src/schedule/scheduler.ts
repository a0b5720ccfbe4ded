import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Schedule, Schedules } from '../store/schedules.ts';
import { nextRun } from './times.ts';

/** Expressions say minutes. */
const LOOK_EVERY = 60_000;

export interface SchedulerOptions {
  schedules: Schedules;
  /** Whether the channel's chat is connected: what is due waits unclaimed until it is. */
  canTell(channel: string): boolean;
  /** Runs it and tells the channel. `gone` where the channel can never be told again. */
  run(schedule: Schedule): Promise<'told' | 'gone'>;
  log: Logger;
  /** Milliseconds since 1970 */
  now?: () => number;
}

/**
 * Runs what is due. A run is claimed before it starts, so no two processes do the same one; what fell due while none
 * ran is made up for once, however often it was missed.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #isStopping = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Looks at once, and every minute after. */
  start(): void {
    const look = async () => {
      this.#underWay = this.look();
      await this.#underWay;
      if (this.#timer) this.#timer = setTimeout(look, LOOK_EVERY);
    };
    this.#timer = setTimeout(look, 0);
  }

  /** Begins no more, and resolves when the run under way has ended, or after so many milliseconds. */
  async stop(atMost: number): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await Promise.race([this.#underWay, sleep(atMost, undefined, { ref: false })]);
  }

  /** Runs what is due, one after the other. Never rejects: one that fails is logged and runs again when it is next due. */
  async look(): Promise<void> {
    const { schedules, log } = this.#options;
    try {
      for (const schedule of await schedules.dueBy(this.#now())) {
        if (this.#isStopping) return;
        await this.#runOne(schedule);
      }
    } catch (error) {
      log.error({ err: error }, 'the schedules could not be read');
    }
  }

  async #runOne(schedule: Schedule): Promise<void> {
    const { schedules, canTell, run, log } = this.#options;
    const { channel, pack, expression, zone } = schedule;
    if (!canTell(channel)) return;
    try {
      const next = nextRun(expression, zone, this.#now());
      if (next === undefined) {
        await schedules.end(channel, pack);
        return;
      }
      if (!(await schedules.claim(schedule, next))) return;
      if ((await run(schedule)) === 'gone') await schedules.end(channel, pack);
    } catch (error) {
      log.error({ err: error, pack }, 'a scheduled audit failed');
    }
  }
}
