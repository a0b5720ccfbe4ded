import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, EXAMPLES, readConfig } from '../src/config.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const variables = [...example.matchAll(/^(#.*)\n([A-Z_]+)=(.*)$/gm)].map(([, comment, name, value]) => ({
  comment,
  name,
  value,
}));

describe('configuration', () => {
  it('has every variable in .env.example, each below one line that says what it does', () => {
    expect(variables.map(({ name }) => name).sort()).toEqual(Object.keys(EXAMPLES).sort());
    for (const { comment } of variables) expect(comment?.length).toBeGreaterThan(20);
  });

  it('accepts .env.example as it stands, and nothing at all', () => {
    const values = Object.fromEntries(variables.map(({ name = '', value }) => [name, value]));
    expect(readConfig(values)).toMatchObject({ CLIP_MODEL: 'demo', WEB_PORT: 3000 });
    expect(readConfig({})).toMatchObject({ CLIP_MODEL: 'demo', WEB_PORT: 3000, WEB_HOST: '127.0.0.1' });
  });

  it.each([
    ['WEB_PORT', '70000'],
    ['WEB_PORT', 'three'],
    ['CLIP_DTYPE', 'float32'],
    ['HF_ENDPOINT', 'ftp://hub'],
    ['ENCODER_THREADS', '0'],
    ['QUEUE_LIMIT', '-1'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s in one sentence with a right value', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^${name}=${value} cannot be used\\. A right value is, for example, ${name}=`),
    );
  });

  it('names examples that are themselves right', () => {
    expect(() => readConfig(EXAMPLES)).not.toThrow();
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ WEB_PORT: '', CLIP_MODEL: ' ' })).toEqual(readConfig({}));
  });
});
