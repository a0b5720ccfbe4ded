// A thread does not take over its parent's TypeScript loader, so it registers one of its own.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
