import type { Locale } from '../src/chat/locale.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import { nameOf } from './classify.texts.ts';

/** What came of an addition. */
interface Added {
  label: string;
  added: readonly string[];
  /** Images that this label had already. */
  again: readonly string[];
  /** Images that another label has as well. */
  elsewhere: readonly { name: string; label: string }[];
  /** How many examples the label has now. */
  total: number;
  /** How many labels the channel has now. */
  labels: number;
  /** Examples of the channel that belong to another model. */
  stale: number;
}

interface Shown {
  labels: readonly { label: string; examples: number; yours: number }[];
  people: number;
  first: number;
  last: number;
  stale: number;
}

interface Counted {
  count: number;
  labels: number;
}

interface Scored {
  label: string;
  probability: number;
}

interface TeachTexts {
  added(finding: Added): string[];
  shown(shown: Shown): string[];
  undone(count: number): string;
  forgotten(count: number): string;
  answer(name: string, scores: readonly Scored[], unsure: boolean): string;
  heading(scores: readonly Scored[], unsure: boolean): string;
  basis(counted: Counted): string;
  footer(info: ModelInfo): string;
  alt(name: string, scores: readonly Scored[], counted: Counted, info: ModelInfo): string;
  columns: { probability: string; similarity: string };
  undo: string;
  stale(count: number): string;
}

const en: TeachTexts = {
  added: ({ label, added, again, elsewhere, total, labels, stale }) => [
    added.length > 0
      ? `Added ${examples(added.length)} of "${label}", which has ${total} now. Kept are vectors, never the pictures.`
      : `Nothing was added: "${label}" has ${examples(total)}.`,
    ...(again.length > 0 ? [`Already among those of "${label}", so not counted twice: ${again.join(', ')}.`] : []),
    ...elsewhere.map(
      ({ name, label: other }) =>
        `${name} is an example of "${other}" as well: one picture under two labels teaches neither. Take one back with /teach undo.`,
    ),
    ...(stale > 0 ? [en.stale(stale)] : []),
    labels < 2
      ? 'Add images of a second label next: one label cannot be told from anything.'
      : 'Try it: /teach test with another image.',
  ],
  shown: ({ labels, people, first, last, stale }) => [
    `Taught here: ${labels.map(({ label, examples, yours }) => `${label} ${examples}${yours > 0 ? ` (${yours} yours)` : ''}`).join(', ') || 'nothing'}.`,
    ...(people > 0 ? [`By ${people === 1 ? 'one person' : `${people} people`}, ${period(first, last, 'to')}.`] : []),
    ...(stale > 0 ? [en.stale(stale)] : []),
    'Kept are vectors, who added them and when; never the pictures. /teach forget takes yours back.',
  ],
  undone: (count) => `Took back ${examples(count)}: what you added last.`,
  forgotten: (count) => `Forgot ${examples(count)}.`,
  answer: (name, scores, unsure) => `${name}: ${unsure ? 'unsure. Closest: ' : ''}${list(scores)}.`,
  heading: ([best], unsure) => `Taught: ${unsure ? 'unsure – closest: ' : ''}${best?.label ?? ''}`,
  basis: ({ count, labels }) => `Learned here from ${examples(count)} of ${labels} labels; it knows no others.`,
  footer: (info) => `Linear probe on ${nameOf(info)}`,
  alt: (name, scores, { count }, info) =>
    `${name} with a bar for each label that was taught: ${list(scores)}. Linear probe of ${examples(count)} on ${nameOf(info)}.`,
  columns: { probability: 'percent', similarity: 'nearest' },
  undo: 'Take my last back',
  stale: (count) =>
    `${examples(count)} here ${count === 1 ? 'belongs' : 'belong'} to another model and ${count === 1 ? 'does' : 'do'} not count for this one: add ${count === 1 ? 'that image' : 'those images'} again.`,
};

const ko: TeachTexts = {
  added: ({ label, added, again, elsewhere, total, labels, stale }) => [
    added.length > 0
      ? `"${label}" 예시 ${added.length}개를 더해 이제 ${total}개입니다. 그림은 남기지 않고 벡터만 남깁니다.`
      : `더한 것이 없습니다. "${label}" 예시는 ${total}개입니다.`,
    ...(again.length > 0 ? [`이미 "${label}" 예시라서 두 번 세지 않았습니다: ${again.join(', ')}.`] : []),
    ...elsewhere.map(
      ({ name, label: other }) =>
        `${name} 이미지는 "${other}" 예시이기도 합니다. 한 그림에 라벨이 둘이면 아무것도 배우지 못합니다. /teach undo 로 되돌리세요.`,
    ),
    ...(stale > 0 ? [ko.stale(stale)] : []),
    labels < 2
      ? '다음에는 두 번째 라벨의 이미지를 더하세요. 라벨이 하나면 구별할 것이 없습니다.'
      : '다른 이미지와 함께 /teach test 를 해 보세요.',
  ],
  shown: ({ labels, people, first, last, stale }) => [
    `여기서 가르친 것: ${labels.map(({ label, examples, yours }) => `${label} ${examples}개${yours > 0 ? ` (내가 ${yours}개)` : ''}`).join(', ') || '없음'}.`,
    ...(people > 0 ? [`${people}명이 더했습니다. ${period(first, last, '~')}.`] : []),
    ...(stale > 0 ? [ko.stale(stale)] : []),
    '벡터와 누가 언제 더했는지만 남기고 그림은 남기지 않습니다. 내 것은 /teach forget 으로 지웁니다.',
  ],
  undone: (count) => `마지막에 더한 예시 ${count}개를 되돌렸습니다.`,
  forgotten: (count) => `예시 ${count}개를 지웠습니다.`,
  answer: (name, scores, unsure) => `${name}: ${unsure ? '확실하지 않습니다. 가장 가까운 라벨: ' : ''}${list(scores)}`,
  heading: ([best], unsure) => `가르친 답: ${unsure ? '불확실 – 가장 가까운 것: ' : ''}${best?.label ?? ''}`,
  basis: ({ count, labels }) => `여기서 라벨 ${labels}개의 예시 ${count}개로 배운 답이며, 다른 라벨은 모릅니다.`,
  footer: (info) => `${nameOf(info)} 위의 선형 분류기`,
  alt: (name, scores, { count }, info) =>
    `${name} 이미지와 가르친 라벨별 막대: ${list(scores)}. ${nameOf(info)} 위에서 예시 ${count}개로 배운 선형 분류기.`,
  columns: { probability: '퍼센트', similarity: '최근접' },
  undo: '내 마지막 것 되돌리기',
  stale: (count) =>
    `예시 ${count}개는 다른 모델로 만든 것이라 지금 모델에서는 세지 않습니다. 그 이미지를 다시 더하세요.`,
};

export const teachTexts: Record<Locale, TeachTexts> = { en, ko };

function examples(count: number): string {
  return count === 1 ? '1 example' : `${count} examples`;
}

function period(first: number, last: number, to: string): string {
  const [from, until] = [first, last].map((at) => new Date(at).toISOString().slice(0, 10));
  return from === until ? (from ?? '') : `${from} ${to} ${until}`;
}

function list(scores: readonly Scored[]): string {
  return scores
    .slice(0, 3)
    .map(({ label, probability }) => `${label} ${formatPercent(probability).replace(' ', '\u00a0')}`)
    .join(', ');
}
