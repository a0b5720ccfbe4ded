import type { Locale } from '../../../src/chat/locale.ts';
import { textsFor } from '../../../src/chat/texts/index.ts';
import type { Download } from '../../../src/clip/status.ts';

export interface PageTexts {
  /** What stands in the page itself, by the names in its `data-text`, `data-name` and `data-placeholder`. */
  page: Readonly<Record<string, string>>;
  title: string;
  keys: string;
  addZip: string;
  zipFolder: string;
  you: string;
  app: string;
  working: string;
  useAgain: string;
  download: string;
  remove(name: string): string;
  open(alt: string): string;
  loading(download: Download | undefined): string;
  failed(model: string, reason: string): string;
  unreachable: string;
  tooLarge(megabytes: number): string;
  sampleGone: string;
}

export const TEXTS: Readonly<Record<Locale, PageTexts>> = {
  en: {
    page: {
      language: 'Language',
      modelProgress: 'Loading the model',
      welcome: 'What does CLIP see in your picture?',
      what: 'Add a picture and name a few things it might show. CLIP, which compares pictures with words, says how well each fits.',
      where: 'All of it runs on this computer: your pictures go nowhere else.',
      kept: 'Nothing is kept but the labels you set: a reload clears this page.',
      samples: 'Try one of these',
      conversation: 'Conversation',
      composer: 'Write a message',
      completion: 'Suggestions',
      attachments: 'Files to send',
      line: 'Labels or a command',
      placeholder: 'cat, dog, or / for commands',
      choose: 'Add images or a zip',
      slash: 'Show commands',
      send: 'Send',
      drop: 'Drop images or a zip here',
      viewer: 'Image',
      close: 'Close',
    },
    title: 'Cliplens: what does CLIP see?',
    keys: 'Enter sends, Shift+Enter makes a new line, ↑ brings back what you sent',
    addZip: 'Add a zip with +',
    zipFolder: 'A folder cannot be sent. Zip it first, then add the zip.',
    you: 'You',
    app: 'Cliplens',
    working: 'Looking at it…',
    useAgain: 'Use again',
    download: 'Download',
    remove: (name) => `Remove ${name}`,
    open: (alt) => `Open large: ${alt}`,
    loading: (download) => {
      if (!download) return 'Loading the model…';
      const left = download.secondsLeft === undefined ? '' : `, ${textsFor('en').timeLeft(download.secondsLeft)}`;
      return `Loading the model: ${amount(download)}${left}`;
    },
    failed: (model, reason) => `The model "${model}" cannot be used: ${reason} Then start Cliplens again.`,
    unreachable: 'Cliplens does not answer. See whether it still runs, then send this once more.',
    tooLarge: (megabytes) => `These files are too large together. Send less than ${megabytes} MB at once.`,
    sampleGone: 'This sample could not be opened. Reload the page and try again.',
  },
  ko: {
    page: {
      language: '언어',
      modelProgress: '모델 불러오기',
      welcome: 'CLIP은 사진에서 무엇을 볼까요?',
      what: '사진을 넣고 무엇이 보일지 몇 가지 적어 보세요. 사진과 글을 견주는 모델 CLIP이 각각 얼마나 맞는지 알려 줍니다.',
      where: '모든 것이 이 컴퓨터에서 돌아갑니다. 사진은 다른 곳으로 보내지 않습니다.',
      kept: '설정한 라벨 말고는 아무것도 보관하지 않습니다. 새로고침하면 대화가 사라집니다.',
      samples: '하나 골라 해 보세요',
      conversation: '대화',
      composer: '메시지 쓰기',
      completion: '추천',
      attachments: '보낼 파일',
      line: '라벨 또는 명령',
      placeholder: '고양이, 강아지 또는 / 로 명령',
      choose: '이미지나 zip 추가',
      slash: '명령 보기',
      send: '보내기',
      drop: '여기에 이미지나 zip을 놓으세요',
      viewer: '이미지',
      close: '닫기',
    },
    title: 'Cliplens: CLIP은 무엇을 볼까요?',
    keys: 'Enter 보내기, Shift+Enter 줄바꿈, ↑ 보낸 내용 다시 쓰기',
    addZip: '+ 로 zip 추가',
    zipFolder: '폴더는 보낼 수 없습니다. 먼저 압축한 뒤 zip을 넣어 주세요.',
    you: '나',
    app: 'Cliplens',
    working: '살펴보는 중…',
    useAgain: '다시 쓰기',
    download: '내려받기',
    remove: (name) => `${name} 빼기`,
    open: (alt) => `크게 보기: ${alt}`,
    loading: (download) => {
      if (!download) return '모델을 불러오는 중…';
      const left = download.secondsLeft === undefined ? '' : `, ${textsFor('ko').timeLeft(download.secondsLeft)}`;
      return `모델을 불러오는 중: ${amount(download)}${left}`;
    },
    failed: (model, reason) => `"${model}" 모델을 쓸 수 없습니다: ${reason} 그런 다음 Cliplens를 다시 시작하세요.`,
    unreachable: 'Cliplens가 대답하지 않습니다. 실행 중인지 확인한 뒤 다시 보내 주세요.',
    tooLarge: (megabytes) => `파일을 모두 합친 크기가 너무 큽니다. 한 번에 ${megabytes} MB보다 적게 보내 주세요.`,
    sampleGone: '이 예시를 열 수 없습니다. 페이지를 새로고침한 뒤 다시 시도하세요.',
  },
};

function amount({ bytes, total }: Download): string {
  const megabytes = (count: number) => (count / 1e6).toFixed(1);
  return `${megabytes(bytes)} / ${megabytes(total)} MB (${Math.floor((100 * bytes) / total)} %)`;
}
