import type { Sample } from './api.ts';
import { find, make } from './dom.ts';
import type { Language } from './language.ts';

/** Shows the sample images as cards; `onPick` gets the one that was clicked. */
export function showSamples(samples: readonly Sample[], language: Language, onPick: (sample: Sample) => void): void {
  find('samples-title', HTMLElement).hidden = samples.length === 0;
  language.follow(() => {
    const cards = samples.map((sample) => drawCard(sample, language, onPick));
    find('samples', HTMLUListElement).replaceChildren(...cards);
  });
}

/** Where the file of a sample is served. */
export function sampleUrl({ file }: Sample): string {
  return `/samples/${encodeURIComponent(file)}`;
}

function drawCard(sample: Sample, { locale }: Language, onPick: (sample: Sample) => void): HTMLElement {
  const image = make('img', { src: sampleUrl(sample), alt: sample.alt[locale] });
  const title = make('span', { className: 'card-title' }, sample.title[locale]);
  const labels = make('span', { className: 'card-labels' }, sample.labels[locale].join(', '));
  const button = make('button', { type: 'button', className: 'card' }, image, title, ' ', labels);
  button.addEventListener('click', () => onPick(sample));
  return make('li', {}, button);
}
