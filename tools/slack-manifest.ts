import { writeFileSync } from 'node:fs';
import { createManifest } from '../adapters/slack/manifest.ts';
import { descriptions } from '../commands/index.ts';
import { ROOT } from '../src/root.ts';

/** Writes the manifest of the Slack app for Socket Mode, or prints the one for HTTP at the address that is given. */
const [, , host] = process.argv;
const manifest = `${JSON.stringify(createManifest(descriptions, host), null, 2)}\n`;
if (host === undefined) writeFileSync(new URL('adapters/slack/manifest.json', ROOT), manifest);
else process.stdout.write(manifest);
