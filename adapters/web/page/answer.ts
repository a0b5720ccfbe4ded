import type { Button, Choice, Table } from '../../../src/chat/reply.ts';
import type { Answer } from '../answer.ts';
import { fetchBlob } from './api.ts';
import { make, urlOf } from './dom.ts';
import type { PageTexts } from './texts.ts';
import type { Viewer } from './viewer.ts';

interface Actions {
  texts: PageTexts;
  viewer: Viewer;
  onButton(button: Button): void;
  onChoice(choice: Choice, value: string): void;
}

/** Draws an answer: text, images that open and download, tables, files, and buttons. */
export async function drawAnswer(answer: Answer, actions: Actions): Promise<Node[]> {
  const figures = await Promise.all(answer.images.map((image) => drawImage(image, actions)));
  const files = await Promise.all(answer.files.map(drawFile));
  const controls = [
    ...answer.choices.map((choice) => drawChoice(choice, actions)),
    ...answer.buttons.map((button) => drawButton(button, actions)),
  ];
  return [
    make('p', { className: 'text' }, answer.text),
    ...figures,
    ...answer.tables.map(drawTable),
    ...(files.length > 0 ? [make('ul', { className: 'files' }, ...files)] : []),
    ...(controls.length > 0 ? [make('div', { className: 'buttons' }, ...controls)] : []),
  ];
}

async function drawImage({ url, alt }: Answer['images'][number], { texts, viewer }: Actions): Promise<HTMLElement> {
  const { name, kept } = await keep(url);
  const image = make('img', { src: kept, alt });
  await image.decode().catch(() => undefined);
  const open = make('button', { type: 'button', className: 'picture', ariaLabel: texts.open(alt) }, image);
  open.addEventListener('click', () => viewer.open({ url: kept, name, alt }));
  const download = make('a', { href: kept, download: name, ariaLabel: `${texts.download}: ${name}` }, texts.download);
  return make('figure', {}, open, make('figcaption', {}, download));
}

async function drawFile({ url, description }: Answer['files'][number]): Promise<HTMLElement> {
  const { name, kept } = await keep(url);
  return make('li', {}, make('a', { href: kept, download: name }, name), ` ${description}`);
}

/** The server forgets what came with an answer after a while; the page holds its own copy for as long as it is open. */
async function keep(url: string): Promise<{ name: string; kept: string }> {
  const name = decodeURIComponent(url.split('/').at(-1) ?? '');
  return { name, kept: await fetchBlob(url).then(urlOf, () => url) };
}

function drawTable({ title, columns, rows }: Table): HTMLElement {
  const head = columns.map((column) => make('th', { scope: 'col' }, column));
  const body = rows.map((row) => make('tr', {}, ...row.map((cell) => make('td', {}, cell))));
  const table = make(
    'table',
    {},
    make('caption', {}, title),
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...body),
  );
  return make('div', { className: 'table', tabIndex: 0, role: 'region', ariaLabel: title }, table);
}

function drawButton(button: Button, { onButton }: Actions): HTMLElement {
  const element = make('button', { type: 'button', className: 'pill' }, button.label);
  element.addEventListener('click', () => onButton(button));
  return element;
}

/** A list that is back at its title once a value was chosen, so that the same one can be chosen again. */
function drawChoice(choice: Choice, { onChoice }: Actions): HTMLElement {
  const title = make('option', { value: '', selected: true, disabled: true, hidden: true }, choice.label);
  const values = choice.values.map(({ label, value }) => make('option', { value }, label));
  const element = make('select', { className: 'pill', ariaLabel: choice.label }, title, ...values);
  element.addEventListener('change', () => {
    onChoice(choice, element.value);
    element.value = '';
  });
  return element;
}
