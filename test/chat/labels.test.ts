import { describe, expect, it } from 'vitest';
import { parseLabels } from '../../src/chat/labels.ts';

describe('parseLabels', () => {
  it('splits at the commas of every keyboard and at line breaks', () => {
    expect(parseLabels('cat, dog，bird、fish\nowl')).toEqual(['cat', 'dog', 'bird', 'fish', 'owl']);
  });

  it('drops empty labels and repetitions, whatever their case', () => {
    expect(parseLabels(' cat,, ,Cat , dog,')).toEqual(['cat', 'dog']);
  });

  it('keeps emoji, joined ones too, and Korean in composed form', () => {
    expect(parseLabels('🐶, 👩‍⚕️, 강아지')).toEqual(['🐶', '👩‍⚕️', '강아지']);
  });

  it('turns tabs and runs of spaces into one space', () => {
    expect(parseLabels('red\t  car')).toEqual(['red car']);
  });

  it.each(['a\u0000b', 'a\u001b[31mb', 'a\u202eb', 'a\u2066b', 'a\u200bb', 'a\ufeffb'])(
    'refuses control characters: %j',
    (label) => {
      expect(() => parseLabels(label)).toThrow(expect.objectContaining({ code: 'label-control' }));
    },
  );

  it('counts characters as people do', () => {
    expect(parseLabels('👩‍⚕️'.repeat(100))).toHaveLength(1);
    expect(() => parseLabels('x'.repeat(101))).toThrow(expect.objectContaining({ code: 'label-too-long' }));
  });

  it('takes 100 labels and no more', () => {
    const labels = Array.from({ length: 101 }, (_, i) => `label ${i}`);
    expect(parseLabels(labels.slice(1).join())).toHaveLength(100);
    expect(() => parseLabels(labels.join())).toThrow(
      expect.objectContaining({ code: 'too-many-labels', parameters: { limit: 100, count: 101 } }),
    );
  });
});
