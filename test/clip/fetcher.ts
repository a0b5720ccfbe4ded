import { findModelFiles } from '../../src/clip/files.ts';

/** Fetches a model in a process of its own, which hub-processes.test.ts kills. */
const [model = '', endpoint = '', cacheFolder = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const proxies = { https: undefined, http: undefined, none: undefined };
const hub = { endpoint, token: undefined, isOffline: false, proxies };
await findModelFiles({ model, hub, ask: 'may', cacheFolder, dtype: 'fp32', onProgress() {}, signal });
