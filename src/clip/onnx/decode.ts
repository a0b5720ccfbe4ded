import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A field of a protobuf message: its number, and its value or where its bytes lie in the file. */
export interface Field {
  number: number;
  /** Of a varint, or of a fixed field of four bytes as a float; 0 for bytes. */
  value: number;
  /** Offset in the file, and length. Zero for a number. */
  start: number;
  length: number;
}

/** Read at once. Heads of messages lie close together; what lies between, weights, is stepped over. */
const WINDOW = 1 << 16;

/** Reads the fields of protobuf messages from a file by position, so that what is skipped never enters memory. */
export class WireFile {
  readonly size: number;
  readonly #file: number;
  readonly #window = Buffer.alloc(WINDOW);
  #from = 0;
  #filled = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
  }

  /**
   * The fields of the message that lies at `start`, in their order.
   * @throws Error where the bytes are no message, or end too soon
   */
  *fields(start: number, length: number): Generator<Field> {
    const end = start + length;
    let at = start;
    const varint = () => {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = this.#byte(at++);
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    };
    while (at < end) {
      const tag = varint();
      const field = { number: Math.floor(tag / 8), value: 0, start: 0, length: 0 };
      if (tag % 8 === 0) field.value = varint();
      else if (tag % 8 === 1) at += 8;
      else if (tag % 8 === 5) {
        field.value = this.bytes(at, 4).readFloatLE();
        at += 4;
      } else if (tag % 8 === 2) {
        field.length = varint();
        field.start = at;
        at += field.length;
      } else throw new Error(`no protobuf field begins at byte ${at}`);
      if (at > end) throw new Error(`the field at byte ${field.start} reaches beyond its message`);
      yield field;
    }
  }

  bytes(start: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    if (readSync(this.#file, bytes, 0, length, start) < length) throw new Error('the file ends too soon');
    return bytes;
  }

  text({ start, length }: Field): string {
    if (start < this.#from || start + length > this.#from + this.#filled) this.#fill(start);
    if (length > this.#filled) return this.bytes(start, length).toString();
    return this.#window.toString('utf8', start - this.#from, start - this.#from + length);
  }

  #byte(at: number): number {
    if (at < this.#from || at >= this.#from + this.#filled) this.#fill(at);
    const byte = this.#window[at - this.#from];
    if (byte === undefined || at >= this.#from + this.#filled) throw new Error('the file ends too soon');
    return byte;
  }

  #fill(at: number): void {
    this.#filled = readSync(this.#file, this.#window, 0, WINDOW, at);
    this.#from = at;
  }
}
