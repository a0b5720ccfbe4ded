import type { CommandDescription } from '../../src/chat/describe.ts';
import type { Locale } from '../../src/chat/locale.ts';

const HEAD: Record<Locale, string> = {
  en: `npm run --silent cliplens -- COMMAND [IMAGE, ZIP or FOLDER ...] [--OPTION VALUE ...]

  --json          print one JSON object
  --out DIR       where images and files are written (else a new temporary folder)
  --channel NAME  whose labels are used (else "default")
  --locale en|ko  the language of the answer
  --help          this text; after a command, that of the command
`,
  ko: `npm run --silent cliplens -- 명령 [이미지, zip 또는 폴더 ...] [--옵션 값 ...]

  --json          JSON 객체 하나로 출력
  --out DIR       이미지와 파일을 쓸 폴더 (없으면 새 임시 폴더)
  --channel NAME  라벨을 쓸 채널 (없으면 "default")
  --locale en|ko  답의 언어
  --help          이 글. 명령 뒤에 쓰면 그 명령의 설명
`,
};

/** The help of the command line, of one command where it is named. */
export function usage(commands: readonly CommandDescription[], command: string, locale: Locale): string {
  const shown = commands.filter(({ name }) => command === '' || name === command);
  return [HEAD[locale], ...shown.flatMap((description) => [...linesOf(description, locale), ''])].join('\n');
}

function linesOf(command: CommandDescription, locale: Locale): string[] {
  const actions = command.action ? { '': command.action } : command.subcommands;
  return Object.entries(actions).flatMap(([subcommand, action]) => {
    const files = [
      ...(action.images.max > 0 ? ['IMAGE ...'] : []),
      ...(action.archives.max > 0 ? ['ZIP or FOLDER'] : []),
    ];
    const main = action.images.max > 0 ? undefined : action.options.find((option) => option.main);
    const free = [...files, ...(main ? [main.name.toUpperCase()] : [])].join(' ');
    return [
      `${[command.name, subcommand, free].filter(Boolean).join(' ')} – ${action.description[locale]}`,
      ...action.options.map((option) => {
        const values = [...option.choices, ...option.suggestions].join(', ');
        return `  --${option.name.padEnd(14)}${option.description[locale]}${values && ` (${values})`}`;
      }),
    ];
  });
}
