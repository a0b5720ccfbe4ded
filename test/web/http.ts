import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

/** Posts a form to the commands of a server, as a script would. */
export function post(address: string, fields: [string, string | File][], headers: HeadersInit = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return fetch(`${address}/api/commands`, { method: 'POST', body: form, headers });
}

/** A request whose headers `fetch` would not let one choose. */
export async function raw(url: string, method: string, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  const sent = request(url, { method, headers });
  sent.on('error', () => undefined); // a server that refuses a body does not read it to its end
  if (method === 'GET') sent.end();
  else sent.flushHeaders();
  const [response] = await once(sent, 'response');
  sent.destroy();
  return response;
}

export function picture(name: string, bytes = 3): File {
  return new File([new Uint8Array(bytes)], name, { type: 'image/png' });
}
