import type { Locale } from '../../src/chat/locale.ts';

interface SlackTexts {
  send: string;
  cancel: string;
  images: string;
  imagesHint(count: number): string;
  archives: string;
  archivesHint(count: number): string;
  /** The choices that an input's text has, beyond any other text. */
  suggested(values: readonly string[]): string;
  /** Stands before what may hurt to read, which is in the thread. */
  covered: string;
  homeTitle: string;
  homeLines: readonly string[];
  homeLabels: string;
  homePresets: string;
  homeAbout: string;
}

const en: SlackTexts = {
  send: 'Send',
  cancel: 'Cancel',
  images: 'Images',
  imagesHint: (count) => (count === 1 ? 'One image.' : `Up to ${count} images.`),
  archives: 'Zip',
  archivesHint: (count) => (count === 1 ? 'One zip with pictures.' : `Up to ${count} zips with pictures.`),
  suggested: (values) => `For example: ${values.join(', ')}.`,
  covered: 'This answer may hurt to read. It is in the thread.',
  homeTitle: 'What does CLIP see?',
  homeLines: [
    'In a channel: mention @Cliplens in a message with an image, as in: @Cliplens cat, dog. Or open the menu of any message with an image, and pick one of its shortcuts under More message shortcuts.',
    'Here, under Messages: send an image, with labels or without.',
    'Everywhere: /classify opens a form, and /clip help lists all there is.',
    'Answers come in English or Korean, as Slack is set for you under Preferences > Language & region. Yours is English.',
  ],
  homeLabels: 'Labels in these direct messages (each channel has its own)',
  homePresets: 'Ready-made labels: /labels preset and a name',
  homeAbout: 'The model, and what is stored',
};

const ko: SlackTexts = {
  send: '보내기',
  cancel: '취소',
  images: '이미지',
  imagesHint: (count) => (count === 1 ? '이미지 1장.' : `이미지 ${count}장까지.`),
  archives: 'zip',
  archivesHint: (count) => (count === 1 ? '그림이 든 zip 1개.' : `그림이 든 zip ${count}개까지.`),
  suggested: (values) => `예: ${values.join(', ')}.`,
  covered: '읽기 불편할 수 있는 답입니다. 스레드에 있습니다.',
  homeTitle: 'CLIP은 무엇을 볼까요?',
  homeLines: [
    '채널에서: 이미지를 붙인 메시지에 @Cliplens 고양이, 강아지 처럼 적어 보내세요. 또는 이미지가 있는 메시지의 메뉴에서 바로 가기를 고르세요.',
    '여기 메시지 탭에서: 이미지를 보내세요. 라벨은 없어도 됩니다.',
    '어디서나: /classify 를 입력하면 입력 창이 열리고, /clip help 를 입력하면 모든 명령이 나옵니다.',
    'Slack 환경설정의 언어에 따라 한국어나 영어로 답합니다. 지금은 한국어입니다.',
  ],
  homeLabels: '이 다이렉트 메시지의 라벨 (채널마다 따로 있습니다)',
  homePresets: '준비된 라벨: /labels preset 과 이름',
  homeAbout: '모델, 그리고 저장하는 것',
};

export const slackTexts: Record<Locale, SlackTexts> = { en, ko };
