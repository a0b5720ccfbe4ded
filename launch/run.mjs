// `node launch/run.mjs ENTRY.ts [ARGUMENT ...]` builds the entry and becomes it.
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const [, , entry = 'main.ts'] = process.argv;
const built = await build(entry);
process.argv.splice(1, 2, built);
await import(pathToFileURL(built).href);
