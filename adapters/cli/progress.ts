import type { Locale } from '../../src/chat/locale.ts';
import type { Download, ModelStatus } from '../../src/clip/status.ts';

const TEXTS: Record<Locale, { fetching: string; left(seconds: number): string }> = {
  en: { fetching: 'Fetching the model', left: (seconds) => `, ${seconds} s left` },
  ko: { fetching: '모델을 받는 중', left: (seconds) => `, ${seconds}초 남음` },
};

/** Shows a model's download on standard error: a bar and a line that are rewritten on a terminal, else one line every tenth. */
export function showProgress(status: () => ModelStatus, locale: Locale): () => void {
  const { isTTY } = process.stderr;
  let shown = '';
  const timer = setInterval(() => {
    const now = status();
    const download = now.state === 'loading' ? now.download : undefined;
    if (!download) return;
    const line = describe(download, locale);
    const share = download.bytes / download.total;
    const step = isTTY ? line : String(Math.floor(10 * share));
    if (step === shown) return;
    shown = step;
    process.stderr.write(isTTY ? `\r\x1b[K${bar(share)} ${line}` : `${line}\n`);
  }, 200);
  return () => {
    clearInterval(timer);
    if (isTTY && shown !== '') process.stderr.write('\r\x1b[K');
  };
}

const BAR_LENGTH = 24;

function bar(share: number): string {
  const full = Math.min(BAR_LENGTH, Math.round(BAR_LENGTH * share));
  return '█'.repeat(full) + '░'.repeat(BAR_LENGTH - full);
}

function describe({ bytes, total, secondsLeft }: Download, locale: Locale): string {
  const { fetching, left } = TEXTS[locale];
  const share = Math.floor((100 * bytes) / total);
  const time = secondsLeft === undefined ? '' : left(Math.ceil(secondsLeft));
  return `${fetching}: ${(bytes / 1e6).toFixed(1)} / ${(total / 1e6).toFixed(1)} MB (${share} %${time})`;
}
