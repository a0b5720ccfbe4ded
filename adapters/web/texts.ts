import type { Locale } from '../../src/chat/locale.ts';
import { BODY_MEGABYTES } from './limits.ts';

/** What is wrong with a request before it becomes a command. */
export type Refusal =
  | 'not-multipart'
  | 'broken-form'
  | 'command-missing'
  | 'image-not-file'
  | 'archive-not-file'
  | 'file-elsewhere'
  | 'body-too-large'
  | 'foreign-host'
  | 'foreign-page'
  | 'not-found'
  | 'stopping';

export const REFUSALS: Readonly<Record<Locale, Readonly<Record<Refusal, string>>>> = {
  en: {
    'not-multipart': 'Send the command as a form (multipart/form-data) with the field "command".',
    'broken-form': 'The form could not be read to its end. Send it again.',
    'command-missing': 'The field "command" is missing. Fill it in, for example with: /classify cat, dog.',
    'image-not-file': 'The field "image" holds text. Put an image file there (with curl: -F image=@photo.jpg).',
    'archive-not-file': 'The field "archive" holds text. Put a zip there (with curl: -F archive=@photos.zip).',
    'file-elsewhere':
      'A file stands in a field of another name. Put image files in the field "image", a zip in "archive".',
    'body-too-large': `These files are too large together. Send less than ${BODY_MEGABYTES} MB at once.`,
    'foreign-host': 'This page answers only under localhost. Open the address that was printed at the start.',
    'foreign-page': 'Commands are taken from this page only, not from other sites.',
    'not-found': 'There is nothing at this address, or it is no longer kept.',
    stopping: 'Cliplens is stopping. Start it again and send this once more.',
  },
  ko: {
    'not-multipart': '"command" 항목이 있는 양식(multipart/form-data)으로 명령을 보내 주세요.',
    'broken-form': '양식을 끝까지 읽지 못했습니다. 다시 보내 주세요.',
    'command-missing': '"command" 항목이 없습니다. 예를 들어 /classify 고양이, 강아지 처럼 채워 주세요.',
    'image-not-file': '"image" 항목에 글이 들어 있습니다. 이미지 파일을 넣어 주세요 (curl: -F image=@photo.jpg).',
    'archive-not-file': '"archive" 항목에 글이 들어 있습니다. zip 파일을 넣어 주세요 (curl: -F archive=@photos.zip).',
    'file-elsewhere': '다른 이름의 항목에 파일이 있습니다. 이미지 파일은 "image", zip은 "archive" 항목에 넣어 주세요.',
    'body-too-large': `파일을 모두 합친 크기가 너무 큽니다. 한 번에 ${BODY_MEGABYTES} MB보다 적게 보내 주세요.`,
    'foreign-host': '이 페이지는 localhost 주소로만 열립니다. 시작할 때 나온 주소를 여세요.',
    'foreign-page': '명령은 이 페이지에서만 받으며, 다른 사이트에서는 받지 않습니다.',
    'not-found': '이 주소에는 아무것도 없거나, 더 이상 보관하지 않습니다.',
    stopping: 'Cliplens가 종료되는 중입니다. 다시 시작한 뒤 한 번 더 보내 주세요.',
  },
};
