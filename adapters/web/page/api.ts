import type { CommandDescription } from '../../../src/chat/describe.ts';
import type { Locale, Localised } from '../../../src/chat/locale.ts';
import type { ModelStatus } from '../../../src/clip/status.ts';
import type { Answer, Failure } from '../answer.ts';
import { JSON_LINES } from '../limits.ts';
import { isZip } from './zip.ts';

// What arrives here comes from the server that served this page, built from the same types: it is not checked again.

/** A picture to try, with labels among which one fits. */
export interface Sample {
  file: string;
  title: Localised;
  alt: Localised;
  labels: Readonly<Record<Locale, readonly string[]>>;
}

/** One message to the server: a line as typed, or a command's name with options beside it. */
export interface Message {
  command: string;
  options: Readonly<Record<string, string>>;
  files: readonly File[];
}

/** @throws TypeError when the server is out of reach, also where it goes before the answer is there. */
export async function send(
  { command, options, files }: Message,
  locale: Locale,
  onProgress: (line: string) => void,
): Promise<Answer | Failure> {
  const form = new FormData();
  form.set('command', command);
  form.set('locale', locale);
  for (const [name, value] of Object.entries(options)) form.set(name, value);
  for (const file of files) form.append(isZip(file) ? 'archive' : 'image', file);
  const response = await fetch('/api/commands', { method: 'POST', body: form, headers: { accept: JSON_LINES } });
  if (response.headers.get('content-type') !== JSON_LINES) return response.json();
  let unread = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) throw new TypeError('broken off');
    const lines = (unread + value).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) {
      const told: Answer | Failure | { progress: string } = JSON.parse(line);
      if (!('progress' in told)) return told;
      onProgress(told.progress);
    }
  }
}

export async function fetchCommands(): Promise<readonly CommandDescription[]> {
  return (await fetchGood('/api/commands')).json();
}

export async function fetchSamples(): Promise<readonly Sample[]> {
  return (await fetchGood('/samples/samples.json')).json();
}

export async function fetchBlob(url: string): Promise<Blob> {
  return (await fetchGood(url)).blob();
}

/** Tells the model's status now and whenever it changes, until it is ready: browsers allow few open connections. */
export function watchModel(onStatus: (status: ModelStatus) => void): void {
  const source = new EventSource('/api/status');
  source.onmessage = ({ data }) => {
    const status: ModelStatus = JSON.parse(data);
    if (status.state === 'ready') source.close();
    onStatus(status);
  };
}

async function fetchGood(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}
