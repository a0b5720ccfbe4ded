import type { Locale } from '../../src/chat/locale.ts';

interface DiscordTexts {
  image: string;
  imageDescription: string;
  archive: string;
  archiveDescription: string;
  private: string;
  privateDescription: string;
  /** To the person alone, where the bot may not write in the channel. */
  mayNotWrite: string;
}

export const discordTexts: Record<Locale, DiscordTexts> = {
  en: {
    image: 'image',
    imageDescription: 'PNG, JPEG, WebP or GIF',
    archive: 'archive',
    archiveDescription: 'A zip with pictures',
    private: 'private',
    privateDescription: 'Show the answer to me alone',
    mayNotWrite:
      'I may not answer in that channel. Ask a manager to give me these permissions there: View Channel, ' +
      'Send Messages, Send Messages in Threads, Attach Files, Read Message History.',
  },
  ko: {
    image: '이미지',
    imageDescription: 'PNG, JPEG, WebP, GIF',
    archive: '압축파일',
    archiveDescription: '그림이 든 zip',
    private: '비공개',
    privateDescription: '답을 나에게만 보이기',
    mayNotWrite:
      '그 채널에는 답할 권한이 없습니다. 관리자에게 채널 보기, 메시지 보내기, 스레드에서 메시지 보내기, ' +
      '파일 첨부, 메시지 기록 보기 권한을 부탁해 주세요.',
  },
};
