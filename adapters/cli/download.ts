import type { Locale } from '../../src/chat/locale.ts';
import { textsFor } from '../../src/chat/texts/index.ts';
import type { Download, ModelStatus } from '../../src/clip/status.ts';
import type { StatusLine } from './status-line.ts';

const FETCHING: Record<Locale, string> = { en: 'Fetching the model', ko: '모델을 받는 중' };
const AWAITED: Record<Locale, string> = {
  en: 'Waiting for another process that fetches the model',
  ko: '다른 프로세스가 모델을 받을 때까지 기다리는 중',
};

/** Shows a model's download: a bar and a line that are rewritten on a terminal, else one line every tenth. @returns what ends it */
export function showDownload(status: () => ModelStatus, locale: Locale, statusLine: StatusLine): () => void {
  let shown = '';
  const timer = setInterval(() => {
    const now = status();
    const download = now.state === 'loading' ? now.download : undefined;
    if (!download) return;
    const line = describe(download, locale);
    const share = download.bytes / download.total;
    const step = statusLine.isRewritten ? line : `${Math.floor(10 * share)} ${download.isAwaited}`;
    if (step === shown) return;
    shown = step;
    statusLine.show(statusLine.isRewritten ? `${bar(share)} ${line}` : line);
  }, 200);
  return () => clearInterval(timer);
}

/** So that the line fits the 80 columns of a usual terminal. */
const BAR_LENGTH = 12;

function bar(share: number): string {
  const full = Math.min(BAR_LENGTH, Math.round(BAR_LENGTH * share));
  return '█'.repeat(full) + '░'.repeat(BAR_LENGTH - full);
}

function describe({ bytes, total, secondsLeft, isAwaited }: Download, locale: Locale): string {
  const share = Math.floor((100 * bytes) / total);
  const time = secondsLeft === undefined ? '' : `, ${textsFor(locale).timeLeft(secondsLeft)}`;
  return `${(isAwaited ? AWAITED : FETCHING)[locale]}: ${(bytes / 1e6).toFixed(1)} / ${(total / 1e6).toFixed(1)} MB (${share} %${time})`;
}
