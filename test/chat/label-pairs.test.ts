import { describe, expect, it } from 'vitest';
import { parsePairs } from '../../src/chat/label-pairs.ts';

describe('label pairs', () => {
  it('stand between commas, their labels between slashes, as every keyboard types them', () => {
    expect(parsePairs('nurse/doctor, 교사／정비사\n  a red car / a  bus ')).toEqual([
      { a: 'nurse', b: 'doctor' },
      { a: '교사', b: '정비사' },
      { a: 'a red car', b: 'a bus' },
    ]);
  });

  it('count once, whatever their case and whichever label comes first', () => {
    expect(parsePairs('nurse/doctor, Doctor/Nurse, nurse/doctor')).toEqual([{ a: 'nurse', b: 'doctor' }]);
  });

  it('may have labels of the full length', () => {
    expect(parsePairs(`${'x'.repeat(100)}/${'y'.repeat(100)}`)).toHaveLength(1);
  });

  it.each([
    ['pairs-missing', ''],
    ['pairs-missing', ' , ,'],
    ['pair-unread', 'nurse'],
    ['pair-unread', 'nurse/'],
    ['pair-unread', '/'],
    ['pair-unread', 'nurse/doctor/teacher'],
    ['pair-same', 'nurse/Nurse'],
    ['label-too-long', `nurse/${'x'.repeat(101)}`],
    ['label-control', 'nurse/doc\u202etor'],
    ['too-many-pairs', Array.from({ length: 21 }, (_, i) => `a${i}/b`).join()],
  ])('are refused as %s: %s', (code, text) => {
    expect(() => parsePairs(text)).toThrow(expect.objectContaining({ code }));
  });
});
