import { type Entry, getFileNameLowLevel } from 'yauzl';

/** Bit 11 of the general purpose flag: the name is UTF-8 (APPNOTE.TXT 4.4.4). */
const UTF8 = 0x800;
/** Info-ZIP Unicode Path Extra Field: the name in UTF-8 again (APPNOTE.TXT 4.6.9). */
const UNICODE_PATH = 0x7075;

/**
 * The path of an entry, composed (NFC), with slashes. Where the archive does not say that it is UTF-8, it mostly is (macOS), or
 * EUC-KR (what Windows in Korean writes, but for rare syllables), and else code page 437, as the format has it.
 */
export function entryName({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const isTold = (generalPurposeBitFlag & UTF8) !== 0 || extraFields.some(({ id }) => id === UNICODE_PATH);
  const guessed = isTold ? undefined : (strictly('utf-8', fileNameRaw) ?? strictly('euc-kr', fileNameRaw));
  const name = guessed ?? getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  const slashed = name.replaceAll('\\', '/').normalize('NFC');
  // Some programs write every path as `./dogs/rex.jpg`, and the folder itself as `./`.
  return slashed.replace(/\/(\.?\/)+/g, '/').replace(/^\.\//, '');
}

/**
 * The text in this encoding, where it is one. What ICU cannot decode it hands on as a control character now and then, also
 * where that is to be fatal.
 */
function strictly(encoding: 'utf-8' | 'euc-kr', bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return /\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
