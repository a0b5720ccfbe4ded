import { describe, expect, it } from 'vitest';
import { fill, TEMPLATE_SETS, templatesOf } from '../../src/clip/prompts.ts';

describe('templates', () => {
  it('have the sizes their names promise, one slot each, none twice', () => {
    expect(templatesOf('clip-80')).toHaveLength(80);
    expect(templatesOf('clip-7')).toHaveLength(7);
    for (const templates of Object.values(TEMPLATE_SETS)) {
      expect(new Set(templates).size).toBe(templates.length);
      for (const template of templates) expect(template.split('{label}')).toHaveLength(2);
    }
  });

  it('of the seven are all among the eighty', () => {
    expect(templatesOf('clip-80')).toEqual(expect.arrayContaining([...templatesOf('clip-7')]));
  });

  it('may be the user’s own text', () => {
    expect(templatesOf(' a sketch of a {label} ')).toEqual(['a sketch of a {label}']);
  });

  it.each(['a sketch', '', '{label} and {label}', '{Label}', 'constructor', '__proto__'])('refuses %j', (text) => {
    expect(() => templatesOf(text)).toThrow(expect.objectContaining({ code: 'template-slot' }));
  });

  it('refuses what is too long', () => {
    expect(() => templatesOf(`{label}${'x'.repeat(200)}`)).toThrow(
      expect.objectContaining({ code: 'template-too-long' }),
    );
  });

  it('take labels literally', () => {
    expect(fill('a {label}.', '$& $1 {label}')).toBe('a $& $1 {label}.');
  });
});
