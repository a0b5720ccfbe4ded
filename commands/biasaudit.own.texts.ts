import type { Locale } from '../src/chat/locale.ts';

interface OwnTexts {
  few(enough: number): string;
  /** @param names of the first two groups, as somebody could type them */
  notChecked(names: string): string;
  reversed: string;
  declared: string;
  paired(unpaired: number): string;
  couldBePaired: string;
  repeated(count: number): string;
  beside(files: readonly string[], more: number): string;
  replay(line: string): string;
}

const en: OwnTexts = {
  few: (enough) => `Fewer than ${enough} in a group: of the intervals there, about 90 to 94 % hold in place of 95 %.`,
  notChecked: (names) =>
    `Not checked: whether the model tells A from B at all. Name them in this order to have it checked, as in check:"${names}".`,
  reversed:
    'The model does tell A from B, but the labels of check are the wrong way round: name the first group first.',
  declared: 'The verdict is on the first pair of labels and the first two groups; the rest is there to explore.',
  paired: (unpaired) =>
    unpaired === 0
      ? 'Paired by file name.'
      : `Paired by file name; ${unpaired === 1 ? 'one picture has' : `${unpaired} pictures have`} no partner in each group and ${unpaired === 1 ? 'was' : 'were'} left out.`,
  couldBePaired:
    'Compared without pairs. If a file name means the same picture in each group with one thing changed, add pairing:names: pairs show smaller differences.',
  repeated: (count) => `Left out, because the same picture is in its group already: ${count}.`,
  beside: (files, more) =>
    `Left out, because beside the folders: ${files.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  replay: (line) => `${line} with the same pictures`,
};

const ko: OwnTexts = {
  few: (enough) => `그룹에 ${enough}장보다 적게 있으면 구간이 95 %가 아니라 90–94 %쯤만 맞습니다.`,
  notChecked: (names) =>
    `확인하지 않음: 모델이 A와 B를 구별하기는 하는지. 확인하려면 이 순서로 이름을 적으세요. 예: check:"${names}".`,
  reversed: '모델이 A와 B를 구별하지만 check의 라벨 순서가 거꾸로입니다. 첫 그룹의 이름을 먼저 적으세요.',
  declared: '판정은 첫 라벨 쌍과 처음 두 그룹에 대한 것이고 나머지는 살펴보기 위한 것입니다.',
  paired: (unpaired) =>
    unpaired === 0
      ? '파일 이름으로 짝을 지음.'
      : `파일 이름으로 짝을 지음. 모든 그룹에 짝이 있지는 않은 사진 ${unpaired}장은 뺌.`,
  couldBePaired:
    '짝 없이 견줌. 파일 이름이 같으면 한 가지만 바꾼 같은 사진이라는 뜻일 때는 pairing:names 를 붙이면 더 작은 차이도 보입니다.',
  repeated: (count) => `그룹 안에 같은 사진이 이미 있어 뺀 것: ${count}장.`,
  beside: (files, more) => `폴더 밖에 있어 뺀 것: ${files.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}.`,
  replay: (line) => `${line} 와 같은 사진으로`,
};

export const ownTexts: Record<Locale, OwnTexts> = { en, ko };
