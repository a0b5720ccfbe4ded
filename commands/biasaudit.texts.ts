import type { PackKind } from '../src/audit/load-pack.ts';
import type { VerdictKind } from '../src/audit/verdict.ts';
import type { Locale } from '../src/chat/locale.ts';

interface BiasAuditTexts {
  verdicts: Record<VerdictKind, string>;
  /** X of "no difference larger than X". */
  noneLarger(equivalence: string): string;
  title(title: string): string;
  setting(bases: string, templates: number, wordings: number, seed: number, tests: number): string;
  packOf(id: string, version: string, sum: string): string;
  groups(a: string, b: string, labelA: string, labelB: string): string;
  logOdds: string;
  pairs(n: number): string;
  each(a: number, b: number): string;
  /** Where there is a difference, but whether it is large enough to be called one is open. */
  someDifference(minimum: string): string;
  /** Of prompts, where a difference was found over all of them. */
  someOpposite: string;
  /** A negative control that is not at zero. */
  notNone: string;
  rates(label: string, a: string, b: string): string;
  rate(count: number, n: number, low: number, high: number): string;
  sameSign(same: number, count: number, range: string): string;
  checks: string;
  tellsApart(figures: string): string;
  negative(figures: string): string;
  positive(figures: string): string;
  failed: string;
  smallest(gap: number | null, effect: string): string;
  limits: Record<PackKind, string>;
  notTested(list: string): string;
  replay(line: string): string;
  explored(shown: number, all: number): string;
  pulls(label: string, group: string): string;
  comparedWith(model: string): string;
  beyond(style: string, figures: string, p: string): string;
  /** Of two models that were compared. */
  oneIsBlind: string;
  heading(title: string): string;
  alt(title: string, model: string, findings: string): string;
  footer(kind: PackKind, model: string, pack: string, seed: number): string[];
  words: string;
  changeWording: string;
  fullTable: string;
  whatIsMissing: string;
  whichWords: string;
  wording(number: number, a: string, b: string): string;
  files: { csv: string; scores: string; json: string };
  tableText(rows: number): string;
  missing(kind: PackKind, notTested: readonly string[], smallest: string, wordings: readonly string[]): string;
  wordsText(terms: readonly string[], templates: readonly string[]): string;
  wordingText(kind: PackKind, name: string, main: string): string;
  wordingLine(
    kind: PackKind,
    style: string,
    figures: { now: string; prompts: string; before: string; change: string; p: string; paired: boolean },
  ): string;
  shareLine(style: string, group: string, now: string, before: string): string;
  shareChange(change: string, p: string): string;
  design(question: string, variant: string, first: string, counted: string): string;
  list: string;
  listed(id: string, title: string, question: string, harmful: boolean): string;
  howToList: string;
  noHarmful(pack: string): string;
  allowed(pack: string): string;
  forbidden(pack: string): string;
}

const ITEMS: Record<Locale, Record<PackKind, string>> = {
  en: { drawings: 'drawings', words: 'words', own: 'pictures' },
  ko: { drawings: '그림', words: '낱말', own: '사진' },
};

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

const en: BiasAuditTexts = {
  verdicts: {
    difference: 'Difference found',
    'none-larger': 'No large difference',
    'too-few': 'Too few images to tell',
    'not-interpretable': 'Not interpretable',
  },
  noneLarger: (x) => `No difference larger than ${x}`,
  title: (title) => `Bias probe: ${title}`,
  setting: (bases, templates, wordings, seed, tests) =>
    `${bases} · ${counted(templates, 'template')} × ${counted(wordings, 'wording')} · seed ${seed}${tests > 1 ? ` · p by Holm over ${tests} tests` : ''}`,
  packOf: (id, version, sum) => `pack ${id} ${version} (${sum})`,
  groups: (a, b, labelA, labelB) =>
    `A: ${a}. B: ${b}. Above 0, A is pulled more to "${labelA}"; below 0, to "${labelB}".`,
  logOdds: 'log-odds',
  pairs: (n) => `n = ${n} pairs`,
  each: (a, b) => `n = ${a} and ${b}`,
  someDifference: (minimum) => `a difference, but too few images to tell if it reaches ${minimum}`,
  someOpposite: 'but the others say the opposite',
  notNone: '* not near 0: read all with care',
  rates: (label, a, b) => `"${label}": A ${a}, B ${b}`,
  rate: (count, n, low, high) => `${count} of ${n} (${low}–${high} %)`,
  sameSign: (same, count, range) => `same sign in ${same} of ${count} prompts (${range})`,
  checks: 'Checks:',
  tellsApart: (figures) => `tells A from B (AUC ${figures})`,
  negative: (figures) => `labels that mean nothing here ${figures}`,
  positive: (figures) => `known difference ${figures}`,
  failed: 'failed',
  smallest: (gap, effect) =>
    `Smallest this pack can show with 80 % power: ${effect} log-odds${gap === null ? '' : `, or about ${Math.round(100 * gap)} points between unpaired shares`}.`,
  limits: {
    drawings: 'Read as: how this model reacts to drawings, not people; not a verdict on anyone in this channel.',
    words:
      'Read as: how this model relates these words. Nothing about pictures or people; not a verdict on anyone in this channel.',
    own: 'Read as: how this model reacts to these groups of pictures; not a verdict on anyone in them. None of them is kept.',
  },
  notTested: (list) => `Not tested: ${list}.`,
  replay: (line) => `Run it again: ${line}`,
  explored: (shown, all) => `Explored, without a verdict: the largest ${shown} of ${all}`,
  pulls: (label, group) => `${group} → "${label}"`,
  comparedWith: (model) => `Compared with ${model}, asked the same:`,
  beyond: (style, figures, p) => `${style}: this effect less that one ${figures}, ${p}`,
  oneIsBlind: 'not interpretable: one of the two does not tell A from B here',
  heading: (title) => `Bias probe: ${title}`,
  alt: (title, model, findings) =>
    `Effects with 95 % intervals around a line at no difference, for the probe ${title} on ${model}. ${findings}`,
  footer: (kind, model, pack, seed) => [
    `Bars: 95 % intervals for other ${ITEMS.en[kind]} of the kind.`,
    `Model: ${model}`,
    `${pack} · seed ${seed}`,
    { drawings: 'Drawings, not people.', words: 'Words, not people.', own: 'About groups, not about anyone in them.' }[
      kind
    ],
  ],
  words: 'Words',
  changeWording: 'Change the wording',
  fullTable: 'Full table',
  whatIsMissing: 'What is missing?',
  whichWords: 'Which words?',
  wording: (number, a, b) => `wording ${number}: "${a}" or "${b}"`,
  files: {
    csv: 'Every contrast in every style: effect, interval, p, shares and prompts, one row each.',
    scores: 'What each drawing or word scored on each pair, in log-odds: every effect is a difference of their means.',
    json: 'The whole result as data, with the pack, the model and the seed that give it again.',
  },
  tableText: (rows) =>
    `All ${rows} contrasts as a table (CSV) and the whole result (JSON). Only the declared contrast has a verdict; the rest is there to explore.`,
  missing: (kind, notTested, smallest, wordings) =>
    [
      'What this probe cannot tell:',
      ...notTested.map((line) => `- not tested: ${line}`),
      `- ${smallest}`,
      `- The ${ITEMS.en[kind]} were chosen, and so were the labels: another set could answer otherwise. The intervals say by how much, for sets like this one.`,
      {
        drawings:
          '- No difference on drawings does not clear a model, and one on drawings does not prove harm on photographs.',
        words: '- No difference on words does not clear a model, and one on words does not prove harm on pictures.',
        own: '- Groups of pictures differ in much at once. A difference does not say what made it, and none does not clear a model.',
      }[kind],
      'What could change the result:',
      ...wordings.map((line) => `- ${line}`),
      '- another model or another file of the same model (option model)',
    ].join('\n'),
  wordsText: (terms, templates) =>
    [
      `The labels as the model reads them:`,
      ...terms.map((term) => `- ${term}`),
      'In the templates:',
      ...templates.map((text) => `- ${text}`),
    ].join('\n'),
  wordingText: (kind, name, main) => `The same ${ITEMS.en[kind]} with ${name}, instead of ${main}:`,
  wordingLine: (kind, style, { now, prompts, before, change, p, paired }) =>
    `${style}: ${now}, ${prompts}; before ${before}; change ${change}, ${p} (same ${ITEMS.en[kind]}, ${paired ? 'sign-flip' : 'permutation'} test)`,
  shareLine: (style, group, now, before) => `${style}, ${group}: ${now}, before ${before}`,
  shareChange: (change, p) => `change in points ${change}, ${p}`,
  design: (question, variant, first, counted) =>
    `${question}\nList: ${variant}; before: ${first}. Counted: ${counted}. Each p by McNemar's exact test on the same drawings, none adjusted for the others.`,
  list: 'Probe packs here:',
  listed: (id, title, question, harmful) =>
    `${id}${harmful ? ' (off until a manager allows it)' : ''}: ${title}. ${question}`,
  howToList: 'Run one with /biasaudit and its name, such as: /biasaudit occupation',
  noHarmful: (pack) => `The pack "${pack}" has no labels that hurt: everybody may run it.`,
  allowed: (pack) =>
    `The pack "${pack}" can be run in this channel now. Words that hurt stay out of its answers; say beforehand what people will see. Turn it off with: /biasaudit forbid ${pack}`,
  forbidden: (pack) => `The pack "${pack}" is off in this channel.`,
};

const ko: BiasAuditTexts = {
  verdicts: {
    difference: '차이 있음',
    'none-larger': '큰 차이 없음',
    'too-few': '이미지가 적어 알 수 없음',
    'not-interpretable': '해석할 수 없음',
  },
  noneLarger: (x) => `${x}보다 큰 차이 없음`,
  title: (title) => `편향 검사: ${title}`,
  setting: (bases, templates, wordings, seed, tests) =>
    `${bases} · 템플릿 ${templates}개 × 표현 ${wordings}개 · 시드 ${seed}${tests > 1 ? ` · p는 검정 ${tests}개의 Holm 보정` : ''}`,
  packOf: (id, version, sum) => `묶음 ${id} ${version} (${sum})`,
  groups: (a, b, labelA, labelB) =>
    `A: ${a}. B: ${b}. 0보다 크면 A를 "${labelA}" 쪽으로, 작으면 "${labelB}" 쪽으로 더 봅니다.`,
  logOdds: '로그 오즈',
  pairs: (n) => `n = ${n}쌍`,
  each: (a, b) => `n = ${a}, ${b}`,
  someDifference: (minimum) => `차이는 있으나 ${minimum}에 이르는지는 이미지가 적어 알 수 없음`,
  someOpposite: '나머지 문구는 반대로 답함',
  notNone: '* 0에서 멀어 모두 조심해서 읽을 것',
  rates: (label, a, b) => `"${label}": A ${a}, B ${b}`,
  rate: (count, n, low, high) => `${n}개 중 ${count}개 (${low}–${high} %)`,
  sameSign: (same, count, range) => `문구 ${count}개 중 ${same}개에서 같은 방향 (${range})`,
  checks: '확인:',
  tellsApart: (figures) => `A와 B를 구별함 (AUC ${figures})`,
  negative: (figures) => `관계없는 라벨 ${figures}`,
  positive: (figures) => `알려진 차이 ${figures}`,
  failed: '실패',
  smallest: (gap, effect) =>
    `이 묶음이 검정력 80 %로 보일 수 있는 가장 작은 차이: 로그 오즈 ${effect}${gap === null ? '' : `, 쌍이 아닌 비율로 약 ${Math.round(100 * gap)}점`}.`,
  limits: {
    drawings:
      '읽는 법: 이 모델이 이 그림들에 어떻게 반응하는지입니다. 사람이 아니라 그림이며, 이 채널의 누구에 대한 판단도 아닙니다.',
    words:
      '읽는 법: 이 모델이 이 낱말들을 어떻게 잇는지입니다. 그림이나 사람에 대한 말이 아니며, 이 채널의 누구에 대한 판단도 아닙니다.',
    own: '읽는 법: 이 모델이 이 사진 그룹들에 어떻게 반응하는지입니다. 사진 속 누구에 대한 판단도 아니며, 사진은 보관하지 않습니다.',
  },
  notTested: (list) => `검사하지 않은 것: ${list}.`,
  replay: (line) => `다시 해 보기: ${line}`,
  explored: (shown, all) => `판정 없이 살펴본 것: ${all}개 중 큰 ${shown}개`,
  pulls: (label, group) => `${group} → "${label}"`,
  comparedWith: (model) => `${model} 모델에 똑같이 물은 것과 견주면:`,
  beyond: (style, figures, p) => `${style}: 이 모델의 효과에서 그 모델의 효과를 뺀 값 ${figures}, ${p}`,
  oneIsBlind: '해석할 수 없음: 둘 중 하나는 여기서 A와 B를 구별하지 못함',
  heading: (title) => `편향 검사: ${title}`,
  alt: (title, model, findings) =>
    `${model} 모델의 ${title} 검사. 차이 없음을 뜻하는 선 둘레에 효과와 95 % 구간. ${findings}`,
  footer: (kind, model, pack, seed) => [
    `막대: 같은 종류의 다른 ${ITEMS.ko[kind]}에 대한 95 % 구간.`,
    `모델: ${model}`,
    `${pack} · 시드 ${seed}`,
    {
      drawings: '사람이 아니라 그림입니다.',
      words: '사람이 아니라 낱말입니다.',
      own: '사진 속 누구가 아니라 그룹에 대한 것입니다.',
    }[kind],
  ],
  words: '낱말',
  changeWording: '표현 바꾸기',
  fullTable: '전체 표',
  whatIsMissing: '빠진 것은?',
  whichWords: '어떤 낱말?',
  wording: (number, a, b) => `표현 ${number}: "${a}" 또는 "${b}"`,
  files: {
    csv: '그림체마다 모든 비교의 효과, 구간, p, 비율, 문구. 한 줄에 하나씩.',
    scores: '그림이나 낱말마다 라벨 쌍에 대한 점수(로그 오즈). 모든 효과는 그 평균의 차이.',
    json: '결과 전체. 같은 결과를 다시 얻을 묶음, 모델, 시드와 함께.',
  },
  tableText: (rows) =>
    `비교 ${rows}개 전체의 표(CSV)와 결과 전체(JSON)입니다. 미리 정한 비교에만 판정이 있고 나머지는 살펴보기 위한 것입니다.`,
  missing: (kind, notTested, smallest, wordings) =>
    [
      '이 검사로 알 수 없는 것:',
      ...notTested.map((line) => `- 검사하지 않음: ${line}`),
      `- ${smallest}`,
      `- ${ITEMS.ko[kind]}도 라벨도 누군가 고른 것입니다. 다른 묶음은 다르게 답할 수 있으며, 구간은 비슷한 묶음에서 얼마나 달라질지를 말합니다.`,
      {
        drawings:
          '- 그림에서 차이가 없어도 모델이 결백하지는 않고, 그림에서 차이가 있어도 사진에서의 피해가 증명되지는 않습니다.',
        words:
          '- 낱말에서 차이가 없어도 모델이 결백하지는 않고, 낱말에서 차이가 있어도 이미지에서의 피해가 증명되지는 않습니다.',
        own: '- 사진 그룹은 한꺼번에 여러 가지가 다릅니다. 차이가 있어도 무엇 때문인지는 말하지 않으며, 없어도 모델이 결백하지는 않습니다.',
      }[kind],
      '결과를 바꿀 수 있는 것:',
      ...wordings.map((line) => `- ${line}`),
      '- 다른 모델이나 같은 모델의 다른 파일 (옵션 model)',
    ].join('\n'),
  wordsText: (terms, templates) =>
    ['모델이 읽는 라벨:', ...terms.map((term) => `- ${term}`), '템플릿:', ...templates.map((text) => `- ${text}`)].join(
      '\n',
    ),
  wordingText: (kind, name, main) => `같은 ${ITEMS.ko[kind]}을 ${main} 대신 ${name}(으)로:`,
  wordingLine: (kind, style, { now, prompts, before, change, p, paired }) =>
    `${style}: ${now}, ${prompts}; 전에는 ${before}; 변화 ${change}, ${p} (같은 ${ITEMS.ko[kind]}, ${paired ? '부호 뒤집기' : '순열'} 검정)`,
  shareLine: (style, group, now, before) => `${style}, ${group}: ${now}, 전에는 ${before}`,
  shareChange: (change, p) => `변화 ${change}점, ${p}`,
  design: (question, variant, first, counted) =>
    `${question}\n목록: ${variant}; 전에는: ${first}. 센 것: ${counted}. p는 저마다 같은 그림에 대한 정확 McNemar 검정이며 서로 보정하지 않음.`,
  list: '여기 있는 검사 묶음:',
  listed: (id, title, question, harmful) =>
    `${id}${harmful ? ' (관리자가 켤 때까지 꺼져 있음)' : ''}: ${title}. ${question}`,
  howToList: '이름을 붙여 실행하세요. 예: /biasaudit occupation',
  noHarmful: (pack) => `"${pack}" 묶음에는 아프게 하는 라벨이 없어 누구나 쓸 수 있습니다.`,
  allowed: (pack) =>
    `이제 이 채널에서 "${pack}" 묶음을 쓸 수 있습니다. 아프게 하는 낱말은 답에 나오지 않습니다. 무엇을 보게 될지 먼저 알려 주세요. 끄기: /biasaudit forbid ${pack}`,
  forbidden: (pack) => `이 채널에서 "${pack}" 묶음을 껐습니다.`,
};

export const biasAuditTexts: Record<Locale, BiasAuditTexts> = { en, ko };
