import { build } from '../launch/build.mjs';

/** The encoder thread runs as it is built, in tests as well. */
export default async function setUp(): Promise<void> {
  await build('main.ts');
}
