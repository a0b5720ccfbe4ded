import { EventEmitter, once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { InFlight } from '../../src/chat/in-flight.ts';
import { SeenEvents } from '../../src/chat/seen-events.ts';

describe('what is under way when Cliplens stops', () => {
  it('is waited for, and told off where it takes too long', async () => {
    const course = new EventEmitter();
    const inFlight = new InFlight();
    const [soon, never] = [vi.fn(async () => {}), vi.fn(() => Promise.reject(new Error('told off in vain')))];
    inFlight.add(
      once(course, 'end').then(() => {}),
      soon,
    );
    inFlight.add(new Promise(() => {}), never);
    inFlight.add(Promise.reject(new Error('failed by itself')), soon);
    const drained = inFlight.drain(100);
    course.emit('end');
    await drained;
    expect(soon).not.toHaveBeenCalled();
    expect(never).toHaveBeenCalledOnce();
  });

  it('does not keep a stop waiting once it has ended', async () => {
    const inFlight = new InFlight();
    inFlight.add(Promise.resolve(), async () => {});
    await inFlight.drain(600_000);
    expect(inFlight.size).toBe(0);
  });
});

describe('events seen', () => {
  it('are taken once, and forgotten oldest first', () => {
    const seen = new SeenEvents();
    expect(seen.take('a')).toBe(true);
    expect(seen.take('a')).toBe(false);
    for (let i = 0; i < 10_000; i++) seen.take(`b${i}`);
    expect(seen.take('b9999')).toBe(false);
    expect(seen.take('a')).toBe(true);
  });
});
