import { writeLine } from '../../../src/chat/line.ts';
import type { Button, Choice } from '../../../src/chat/reply.ts';
import { BODY_LIMIT, BODY_MEGABYTES } from '../limits.ts';
import { drawAnswer } from './answer.ts';
import { fetchBlob, fetchCommands, fetchSamples, type Message, type Sample, send, watchModel } from './api.ts';
import { Composer } from './composer.ts';
import { Conversation } from './conversation.ts';
import { make } from './dom.ts';
import type { Draft } from './history.ts';
import { Language } from './language.ts';
import { ModelLine } from './model.ts';
import { sampleUrl, showSamples } from './samples.ts';
import { Viewer } from './viewer.ts';

const language = new Language();
const viewer = new Viewer(language);
const conversation = new Conversation(language, viewer);
const composer = new Composer(language, sendDraft);
const modelLine = new ModelLine(language);

function sendDraft({ text, files }: Draft): void {
  const isLabels = files.length > 0 && !text.startsWith('/');
  const command = isLabels ? `/classify ${text}`.trim() : text;
  void ask({ command, options: {}, files }, command);
}

/** Runs what a button stands for. What it asks for is typed where everything is typed. */
function pressButton(button: Button, files: readonly File[]): void {
  const sent = button.withImages ? files : [];
  if (button.ask) composer.show({ text: writeLine(button), files: sent });
  else void ask({ command: nameOf(button), options: button.options, files: sent }, writeLine(button));
}

function choose({ option, ...choice }: Choice, value: string, files: readonly File[]): void {
  const chosen = { ...choice, options: { ...choice.options, [option]: value } };
  pressButton(chosen, files);
}

function nameOf({ command, subcommand }: Button): string {
  return [command, subcommand].filter(Boolean).join(' ');
}

async function trySample(sample: Sample): Promise<void> {
  const command = `/classify ${sample.labels[language.locale].join(', ')}`;
  try {
    const blob = await fetchBlob(sampleUrl(sample));
    focusLine();
    await ask({ command, options: {}, files: [new File([blob], sample.file, { type: blob.type })] }, command);
  } catch {
    conversation.await().replace([make('p', { className: 'text' }, language.texts.sampleGone)], 'error');
  }
}

/** Sends a message and shows it, as `shown`, with its answer. */
async function ask(message: Message, shown: string): Promise<void> {
  const { files } = message;
  conversation.ask(shown, files, () => {
    composer.attachments.set(files);
    composer.focus();
  });
  const pending = conversation.await();
  const { texts } = language;
  const fail = (sentence: string) => pending.replace([make('p', { className: 'text' }, sentence)], 'error');
  if (files.reduce((sum, file) => sum + file.size, 0) > BODY_LIMIT) return fail(texts.tooLarge(BODY_MEGABYTES));
  const result = await send(message, language.locale, pending.tell).catch(() => undefined);
  if (!result) return fail(texts.unreachable);
  if ('error' in result) return fail(result.error.message);
  const actions = {
    texts,
    viewer,
    onButton: (button: Button) => pressButton(button, files),
    onChoice: (choice: Choice, value: string) => choose(choice, value, files),
  };
  pending.replace(await drawAnswer(result, actions), 'answer');
}

watchModel((status) => modelLine.show(status));
// Without these there is less to click and to complete, but the page works all the same.
fetchCommands().then((commands) => composer.offer(commands), reportError);
fetchSamples().then((samples) => showSamples(samples, language, trySample), reportError);
focusLine();

/** Where there is a keyboard; on a phone, one would cover half the page. */
function focusLine(): void {
  if (matchMedia('(pointer: fine)').matches) composer.focus();
}
