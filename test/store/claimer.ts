import { createInterface } from 'node:readline';
import { openDatabase } from '../../src/store/database.ts';
import { Schedules } from '../../src/store/schedules.ts';

/** For each time on a line of its input, claims what is due by it, and says what it got. Driven by schedule/scheduler.test.ts. */
const schedules = new Schedules(await openDatabase(process.argv[2] ?? ''));
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const now = Number(line);
  const due = await schedules.dueBy(now);
  const got = await Promise.all(due.map((schedule) => schedules.claim(schedule, now + 1)));
  process.stdout.write(`${got.filter(Boolean).length}\n`);
}
