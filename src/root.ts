import { existsSync } from 'node:fs';

/** The folder of the project, which holds what is not code. The code that runs may have been built to somewhere below it. */
export const ROOT: URL = above(new URL('.', import.meta.url));

function above(folder: URL): URL {
  return existsSync(new URL('package.json', folder)) ? folder : above(new URL('..', folder));
}
