import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, ARCHIVE_SIZE } from '../../src/archive/limits.ts';
import { loadArchive, readArchive } from '../../src/archive/read.ts';
import { type ErrorCode, UserError } from '../../src/errors.ts';
import { type Entry, zip } from './zip.ts';

async function refusal(bytes: Uint8Array): Promise<ErrorCode | undefined> {
  const error = await readArchive('a.zip', bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !(error instanceof UserError)) throw error;
  return error?.code;
}

const paths = async (...entries: Entry[]) => (await readArchive('a.zip', zip(entries))).map(({ path }) => path);

describe('an archive', () => {
  it('gives its files, packed or stored, one by one', async () => {
    const files = await readArchive(
      'a.zip',
      zip([
        { path: 'dogs/' },
        { path: 'dogs/rex.txt', content: 'woof '.repeat(500) },
        { path: 'cats/tom.txt', content: 'meow', isStored: true },
        { path: 'cats/none.txt' },
      ]),
    );
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ['dogs/rex.txt', 2500],
      ['cats/tom.txt', 4],
      ['cats/none.txt', 0],
    ]);
    const contents = await Promise.all(files.map(({ read }) => read()));
    expect(contents.map(String)).toEqual(['woof '.repeat(500), 'meow', '']);
  });

  it('takes paths as some programs write them', async () => {
    const written = ['./', './dogs/', './dogs/rex.png', 'dogs//max.png', './dogs/./tom.png'];
    expect(await paths(...written.map((path) => ({ path })))).toEqual(['dogs/rex.png', 'dogs/max.png', 'dogs/tom.png']);
  });

  it('leaves out what systems add', async () => {
    const added = ['__MACOSX/._a.png', 'dogs/.DS_Store', '.git/config', 'dogs/Thumbs.db', 'Desktop.ini'];
    expect(await paths(...['a.png', ...added].map((path) => ({ path })))).toEqual(['a.png']);
  });

  it('has names in Korean, whatever wrote them, and composes what macOS took apart', async () => {
    const inEucKr = Buffer.from([0xb0, 0xed, 0xbe, 0xe7, 0xc0, 0xcc, 0x2f, 0x31, 0x2e, 0x70, 0x6e, 0x67]);
    const written: Entry[] = [
      { path: '고양이/1.png' },
      { path: '고양이/1.png', flags: 0 },
      { path: '고양이/1.png'.normalize('NFD'), flags: 0 },
      { path: inEucKr, flags: 0 },
    ];
    for (const entry of written) expect(await paths(entry)).toEqual(['고양이/1.png']);
    const inCodePage437 = Buffer.from([0x63, 0x61, 0x66, 0x82, 0x2e, 0x70, 0x6e, 0x67]);
    expect(await paths({ path: inCodePage437, flags: 0 })).toEqual(['café.png']);
  });

  it('is not even fetched where it says that it is too large', async () => {
    const fetch = () => Promise.reject(new Error('fetched'));
    await expect(loadArchive({ name: 'a.zip', size: ARCHIVE_SIZE.bytes, fetch })).rejects.toMatchObject({
      code: 'archive-too-large',
    });
    const honest = zip([{ path: 'a.png' }]);
    const files = await loadArchive({ name: 'a.zip', size: honest.length, fetch: async () => honest });
    expect(files).toHaveLength(1);
  });
});

describe('what is refused before anything is unpacked', () => {
  it.each<[ErrorCode, string, Entry[]]>([
    ['archive-path', 'a path that goes up', [{ path: '../../etc/passwd' }]],
    ['archive-path', 'a path that goes up within', [{ path: 'dogs/../../a.png' }]],
    ['archive-path', 'one with the other slashes', [{ path: '..\\..\\a.png' }]],
    ['archive-path', 'an absolute path', [{ path: '/etc/passwd' }]],
    ['archive-path', 'a path on a drive', [{ path: 'C:\\a.png' }]],
    ['archive-path', 'a folder that goes up', [{ path: '../' }]],
    ['archive-path', 'a hidden path that goes up', [{ path: '.x/../../a.png' }]],
    ['archive-path', 'a path with a zero in it', [{ path: 'a.png\0.txt' }]],
    ['archive-link', 'a link', [{ path: 'a.png', content: '/etc/passwd', mode: 0o120777 }]],
    ['archive-twice', 'two files of one path', [{ path: 'dogs/a.png' }, { path: './dogs//a.png', content: 'x' }]],
    ['archive-twice', 'one path, composed and not', [{ path: '고/1' }, { path: '고/1'.normalize('NFD') }]],
    ['archive-encrypted', 'a password', [{ path: 'a.png', flags: 0x801 }]],
    ['archive-encrypted', 'strong encryption', [{ path: 'a.png', flags: 0x841 }]],
    ['archive-nested', 'a zip in a zip', [{ path: 'more.ZIP', content: zip([{ path: 'a.png' }]) }]],
    ['archive-broken', 'a compression that nothing here knows', [{ path: 'a.png', method: 99 }]],
    ['archive-empty', 'nothing', []],
    ['archive-empty', 'folders alone', [{ path: 'dogs/' }, { path: '__MACOSX/dogs/._x' }]],
    ['archive-bomb', 'a bomb', [{ path: 'a.png', content: Buffer.alloc(2_000_000) }]],
    ['archive-bomb', 'one that says so', [{ path: 'a.png', content: 'x', told: 4_000_000_000 }]],
    [
      'archive-unpacks-too-large',
      'too much in all',
      Array.from({ length: 400 }, (_, i) => ({ path: `${i}.png`, content: 'x', told: 1_000_000 })),
    ],
  ])('%s: %s', async (code, _, entries) => {
    expect(await refusal(zip(entries))).toBe(code);
  });

  it.each([['./../a.png'], ['.//../a.png'], ['//etc/passwd'], ['././../']])('archive-path: %s', async (path) => {
    expect(await refusal(zip([{ path }]))).toBe('archive-path');
  });

  it('tells of an endless path only its end, on one line', async () => {
    const path = `../${'x\n'.repeat(20_000)}.png`;
    await expect(readArchive('a.zip', zip([{ path }]))).rejects.toMatchObject({
      parameters: { path: expect.stringMatching(/^…[x□]{95}\.png$/) },
    });
  });

  it('a file that is too large', async () => {
    const content = Buffer.alloc(ARCHIVE_LIMITS.entryBytes + 1);
    expect(await refusal(zip([{ path: 'a.png', content, isStored: true }]))).toBe('archive-file-too-large');
  });

  it('too many entries, by what it says alone', async () => {
    expect(await refusal(zip([{ path: 'a.png' }], ARCHIVE_LIMITS.entries + 1))).toBe('archive-too-many');
  });

  it('what is no zip, and what is cut off', async () => {
    const whole = zip([{ path: 'a.png', content: 'abc' }]);
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), whole.subarray(0, -10), whole.subarray(40)]) {
      expect(await refusal(bytes)).toBe('archive-broken');
    }
    expect(await refusal(zip([{ path: 'a.png' }], 5))).toBe('archive-broken');
  });
});

describe('what turns out a lie while it is unpacked', () => {
  async function read(entry: Entry): Promise<unknown> {
    const [file] = await readArchive('a.zip', zip([entry]));
    return file?.read();
  }

  it.each<[ErrorCode, string, Entry]>([
    ['archive-broken', 'more bytes than were told', { path: 'a.png', content: Buffer.alloc(50_000_000), told: 10 }],
    ['archive-broken', 'fewer', { path: 'a.png', content: 'abc', told: 10 }],
    ['archive-broken', 'no packed bytes at all', { path: 'a.png', content: 'abc', isStored: true, method: 8, told: 3 }],
    ['archive-damaged', 'bytes that changed', { path: 'a.png', content: 'abd', was: 'abc', isStored: true }],
    ['archive-nested', 'a zip under another name', { path: 'a.png', content: zip([{ path: 'a.png' }]) }],
  ])('%s: %s', async (code, _, entry) => {
    await expect(read(entry)).rejects.toMatchObject({ code });
  });
});
