import type { Locale } from '../src/chat/locale.ts';
import { formatPercent } from '../src/draw/numbers.ts';
import type { FewShotReport, Mistake, Round } from '../src/evaluation/few-shot.ts';
import { MOST_SHOTS } from '../src/probe/few-shot.ts';
import { describeTemplate, nameOf } from './classify.texts.ts';

/** Of pictures that could not be read, or are there twice. */
const MOST_NAMED = 10;

interface FewShotTexts {
  answer(report: FewShotReport): string[];
  /** Which pictures could not be read; nothing where all could. */
  unread(report: FewShotReport): string[];
  /** Which pictures are there twice; nothing where none is. */
  twice(report: FewShotReport): string[];
  chart: { heading(report: FewShotReport): string; above: string; below: string; alt(report: FewShotReport): string };
  footer(report: FewShotReport): string[];
  confusion: { title(round: Round): string; axes(round: Round): string; alt(report: FewShotReport): string };
  mistakes: {
    title(round: Round): string;
    note: string;
    caption(mistake: Mistake): string;
    alt(all: readonly Mistake[]): string;
  };
  files: { rounds: string; pictures: string };
}

const en: FewShotTexts = {
  answer: (report) => [
    `${report.pictures.length} pictures of ${report.classes.length} classes, right: ${rounds(report, (shots) => (shots === 0 ? 'zero-shot' : `${shots}-shot`))}.`,
    ...(report.rounds.length === 1
      ? [
          `"${report.smallest.label}" has one picture, which can be learned from or asked about, but not both: only zero-shot was measured. Give each class two or more.`,
        ]
      : [
          `${overtaken(report, 'From {n} on, learning from examples beats asking by name.', 'No number of examples here beats asking by name.')}${isCut(report) ? ` More examples would need more than ${report.smallest.pictures} pictures of "${report.smallest.label}".` : ''}`,
        ]),
    `Zero-shot: 95 % interval over pictures.${report.rounds.length === 1 ? '' : ' Shots: over ten draws of the examples, right on the pictures that were not drawn.'}`,
  ],
  unread: ({ unread }) =>
    unread.length === 0 ? [] : [`${unread.length} could not be read and were left out: ${first(namesOf(unread))}.`],
  twice: ({ twice }) =>
    twice.length === 0
      ? []
      : [
          `There twice, byte for byte: ${first(pairsOf(twice))}. Leave one of each out: under two labels a picture teaches neither, and one that was learned from is no test.`,
        ],
  chart: {
    heading: (report) =>
      `${report.rounds.length === 1 ? '' : `${bestOf(report)} % at best, `}${percent(report.rounds[0])} without examples`,
    above: 'Share of pictures that are right',
    below: 'Examples of each class; the star at 0 is zero-shot',
    alt: (report) =>
      `A line of accuracy over the number of examples of each class, zero-shot as a star at 0. ${rounds(report, String)}. Model ${nameOf(report.model)}.`,
  },
  footer: (report) => [
    `Model: ${nameOf(report.model)} · Template: ${describeTemplate(report.template, 'en')}`,
    `${report.pictures.length} pictures, ${report.classes.length} classes${report.rounds.length === 1 ? '' : `, ten draws (seed ${report.seed})`}`,
  ],
  confusion: {
    title: ({ shots }) => (shots === 0 ? 'What is taken for what: zero-shot' : `What is taken for what: ${shots}-shot`),
    axes: ({ shots }) =>
      `Rows: the class of the picture. Columns: the answer, in the same order. Darker: a larger share of the row.${shots === 0 ? '' : ' Numbers: answers in all ten draws.'}`,
    alt: ({ classes }) => `How often each class was answered as each: ${classes.join(', ')}.`,
  },
  mistakes: {
    title: ({ shots }) => (shots === 0 ? 'The surest mistakes: zero-shot' : `The surest mistakes: ${shots}-shot`),
    note: 'The class of the picture, then the wrong answer.',
    caption: ({ picture, answer, probability }) =>
      `${picture.label} → ${answer} ${formatPercent(probability).replace(' ', '\u00a0')}`,
    alt: (all) =>
      `Pictures that were mistaken: ${all.map(({ picture, answer }) => `${picture.name} for ${answer}`).join(', ')}.`,
  },
  files: {
    rounds: 'The share that was right, for each number of examples and draw',
    pictures: 'Every picture with its answers',
  },
};

const ko: FewShotTexts = {
  answer: (report) => [
    `분류 ${report.classes.length}개의 그림 ${report.pictures.length}장, 맞힌 비율: ${rounds(report, (shots) => (shots === 0 ? '제로샷' : `예시 ${shots}개`))}.`,
    ...(report.rounds.length === 1
      ? [
          `"${report.smallest.label}" 그림이 한 장뿐이라 배우는 데 쓰거나 묻는 데 쓸 수 있을 뿐 둘 다는 안 됩니다. 그래서 제로샷만 쟀습니다. 분류마다 두 장 이상 넣으세요.`,
        ]
      : [
          `${overtaken(report, '예시 {n}개부터는 이름으로 묻는 것보다 예시로 배우는 것이 낫습니다.', '여기서는 예시로 배워도 이름으로 묻는 것보다 낫지 않습니다.')}${isCut(report) ? ` 예시를 더 늘리려면 "${report.smallest.label}" 그림이 ${report.smallest.pictures}장보다 많아야 합니다.` : ''}`,
        ]),
    `제로샷은 그림에 대한 95 % 구간입니다.${report.rounds.length === 1 ? '' : ' 예시는 열 번 뽑아, 뽑히지 않은 그림에서 맞힌 비율과 그 구간입니다.'}`,
  ],
  unread: ({ unread }) =>
    unread.length === 0 ? [] : [`읽을 수 없어 뺀 그림 ${unread.length}장: ${first(namesOf(unread))}.`],
  twice: ({ twice }) =>
    twice.length === 0
      ? []
      : [
          `똑같은 파일이 두 번 있습니다: ${first(pairsOf(twice))}. 하나씩 빼세요. 한 그림에 라벨이 둘이면 아무것도 배우지 못하고, 배운 그림으로는 시험할 수 없습니다.`,
        ],
  chart: {
    heading: (report) =>
      `${report.rounds.length === 1 ? '' : `가장 높을 때 ${bestOf(report)} %, `}예시 없이 ${percent(report.rounds[0])}`,
    above: '맞힌 그림의 비율',
    below: '분류마다 예시 수. 0의 별은 제로샷',
    alt: (report) =>
      `분류마다 예시 수에 따른 정확도 선, 제로샷은 0의 별. ${rounds(report, String)}. 모델 ${nameOf(report.model)}.`,
  },
  footer: (report) => [
    `모델: ${nameOf(report.model)} · 템플릿: ${describeTemplate(report.template, 'ko')}`,
    `그림 ${report.pictures.length}장, 분류 ${report.classes.length}개${report.rounds.length === 1 ? '' : `, 열 번 뽑음 (시드 ${report.seed})`}`,
  ],
  confusion: {
    title: ({ shots }) => (shots === 0 ? '무엇을 무엇으로 보았나: 제로샷' : `무엇을 무엇으로 보았나: 예시 ${shots}개`),
    axes: ({ shots }) =>
      `줄: 그림의 분류. 칸: 답 (같은 차례). 짙을수록 그 줄에서 많은 비율입니다.${shots === 0 ? '' : ' 수: 열 번 뽑아 나온 답을 모두 더한 것.'}`,
    alt: ({ classes }) => `각 분류를 무엇으로 답했는지: ${classes.join(', ')}.`,
  },
  mistakes: {
    title: ({ shots }) =>
      shots === 0 ? '가장 자신 있게 틀린 그림: 제로샷' : `가장 자신 있게 틀린 그림: 예시 ${shots}개`,
    note: '그림의 분류, 그다음 틀린 답.',
    caption: ({ picture, answer, probability }) =>
      `${picture.label} → ${answer} ${formatPercent(probability).replace(' ', '\u00a0')}`,
    alt: (all) => `틀린 그림: ${all.map(({ picture, answer }) => `${picture.name} → ${answer}`).join(', ')}.`,
  },
  files: { rounds: '예시 수와 뽑기마다 맞힌 비율', pictures: '그림마다의 답' },
};

export const fewShotTexts: Record<Locale, FewShotTexts> = { en, ko };

function rounds(report: FewShotReport, name: (shots: number) => string): string {
  return report.rounds
    .map(({ shots, accuracy: { value, low, high } }) => {
      const [from, to] = [low, high].map((share) => (100 * share).toFixed(1));
      return `${name(shots)} ${(100 * value).toFixed(1)} % (${from}–${to})`;
    })
    .join(', ');
}

/** Whether more examples would have been tried, had the smallest class more pictures. */
function isCut({ rounds }: FewShotReport): boolean {
  return (rounds.at(-1)?.shots ?? 0) < MOST_SHOTS;
}

function namesOf(unread: FewShotReport['unread']): string[] {
  return unread.map(({ name }) => name);
}

function pairsOf(twice: FewShotReport['twice']): string[] {
  return twice.map(({ name, other }) => `${other} = ${name}`);
}

function first(names: readonly string[]): string {
  return [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

function percent(round: Round | undefined): string {
  return `${(100 * (round?.accuracy.value ?? 0)).toFixed(1)} %`;
}

function bestOf({ rounds }: FewShotReport): string {
  return (100 * Math.max(...rounds.map(({ accuracy }) => accuracy.value))).toFixed(1);
}

/** The number of examples from which on every round is above zero-shot, put into a sentence. */
function overtaken({ rounds: [zero, ...rounds] }: FewShotReport, from: string, never: string): string {
  const above = rounds.map(({ accuracy }) => accuracy.value > (zero?.accuracy.value ?? 1));
  const first = rounds[above.lastIndexOf(false) + 1];
  return first ? from.replace('{n}', String(first.shots)) : never;
}
