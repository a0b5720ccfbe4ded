import { openDatabase } from '../../src/store/database.ts';
import { LabelSets } from '../../src/store/label-sets.ts';

/** Writes without end, and says each write only after the store acknowledged it. Killed by durability.test.ts. */
const [folder = '', start = '0'] = process.argv.slice(2);
const sets = new LabelSets(await openDatabase(folder));
for (let i = Number(start); ; i++) {
  await sets.change('channel', { labels: [`label ${i}`], template: 'photo', preset: null });
  process.stdout.write(`${i}\n`);
}
