import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { Tell } from '../../src/chat/dispatch.ts';
import { toLocale } from '../../src/chat/locale.ts';
import type { Request } from '../../src/chat/request.ts';
import { render } from './answer.ts';
import type { AppParts, Environment } from './app.ts';
import { type Lease, readBody, type UploadMemory } from './body.ts';
import type { FileStore } from './file-store.ts';
import { isLoopback } from './guard.ts';
import { BODY_LIMIT, JSON_LINES } from './limits.ts';
import { parseForm, toRequest } from './upload.ts';

interface Parts extends Pick<AppParts, 'commands' | 'dispatch'> {
  files: FileStore;
  memory: UploadMemory;
}

/**
 * Runs the command of a form. The answer is JSON with a status; or, for those who accept lines of JSON, the same as the last
 * line, after lines of `{"progress": …}` that tell how far it is.
 */
export async function runCommand(c: Context<Environment>, parts: Parts): Promise<Response> {
  const lease = parts.memory.lease();
  const request = await readRequest(c, parts, lease).catch((error: unknown) => {
    lease.release();
    throw error;
  });
  const answer = async (tell?: Tell) => {
    try {
      return render(await parts.dispatch(request, { tell }), parts.files);
    } finally {
      lease.release();
    }
  };
  if (!c.req.header('accept')?.includes(JSON_LINES)) {
    const { body, status } = await answer();
    return c.json(body, status);
  }
  c.header('content-type', JSON_LINES);
  // Once the answer has begun, a server that stops meanwhile could no longer ask for it, and would wait for who keeps the connection.
  c.header('connection', 'close');
  return stream(c, async (lines) => {
    const write = async (line: object) => void (await lines.writeln(JSON.stringify(line)));
    const { body } = await answer((progress) => write({ progress }));
    await write(body);
  });
}

async function readRequest(c: Context<Environment>, { commands }: Parts, lease: Lease): Promise<Request> {
  const form = await parseForm(await readBody(c.req.raw, BODY_LIMIT, lease), c.req.header('content-type'));
  const locale = form.get('locale');
  if (typeof locale === 'string') c.set('locale', toLocale(locale));
  const address = getConnInfo(c).remote.address ?? '';
  const actor = { id: `web:${address}`, isManager: true, isOperator: isLoopback(address) };
  return toRequest(form, commands, actor, c.get('locale'));
}
