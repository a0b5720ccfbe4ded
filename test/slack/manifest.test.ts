import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../adapters/slack/limits.ts';
import { createManifest } from '../../adapters/slack/manifest.ts';
import { descriptions } from '../../commands/index.ts';
import type { CommandDescription } from '../../src/chat/describe.ts';

const manifest = createManifest(descriptions);

/** Slack's own commands, which no app may have: a manifest with one of them is refused as a whole. */
const TAKEN =
  'archive away call collapse dm dnd expand feed feedback invite join leave me msg mute open pro remind rename search shortcuts shrug star status topic who'.split(
    ' ',
  );

describe('the manifest', () => {
  it('that is committed is the one that the commands make (npm run slack:manifest)', () => {
    const committed = readFileSync(new URL('../../adapters/slack/manifest.json', import.meta.url), 'utf8');
    expect(committed).toBe(`${JSON.stringify(manifest, null, 2)}\n`);
  });

  it('keeps to Slack’s limits', () => {
    const { shortcuts, slash_commands } = manifest.features;
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(slash_commands.length).toBeLessThanOrEqual(LIMITS.slashCommands);
    expect(shortcuts.length).toBeLessThanOrEqual(LIMITS.shortcuts);
    for (const { command, description, ...rest } of slash_commands) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(TAKEN).not.toContain(command.slice(1));
      expect(description.length).toBeLessThanOrEqual(LIMITS.commandDescription);
      expect('usage_hint' in rest ? rest.usage_hint : 'none').toMatch(/^.{1,1000}$/);
    }
    for (const { name, callback_id, description } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(LIMITS.shortcutName);
      expect(description.length).toBeLessThanOrEqual(LIMITS.shortcutDescription);
      expect(callback_id.length).toBeLessThanOrEqual(255);
    }
  });

  it('has every command, and a shortcut for each that is offered on messages', () => {
    const names = manifest.features.slash_commands.map(({ command }) => command);
    expect(names).toEqual([...descriptions.map(({ name }) => `/${name}`), '/clip']);
    const offered = descriptions.filter(({ onMessage }) => onMessage).map(({ onMessage }) => onMessage?.en);
    expect(manifest.features.shortcuts.map(({ name }) => name)).toEqual(offered);
  });

  it('grows by a command that comes', () => {
    const [classify] = descriptions;
    if (!classify) throw new Error('there are no commands');
    const why: CommandDescription = { ...classify, name: 'saliency', onMessage: { en: 'Why?', ko: '왜?' } };
    const { features } = createManifest([...descriptions, why]);
    expect(features.shortcuts.at(-1)).toMatchObject({ name: 'Why?', type: 'message' });
    expect(features.slash_commands.map(({ command }) => command)).toContain('/saliency');
  });

  it('asks for what the app looks up wherever it can be mentioned: channels, private ones and group messages', () => {
    const scopes: readonly string[] = manifest.oauth_config.scopes.bot;
    for (const kind of ['channels', 'groups', 'mpim']) {
      expect(scopes).toEqual(expect.arrayContaining([`${kind}:history`, `${kind}:read`]));
    }
  });

  it('has addresses for HTTP, and none in Socket Mode', () => {
    expect(JSON.stringify(manifest)).not.toContain('http://');
    const url = 'https://clip.example/slack/events';
    const { settings, features, oauth_config } = createManifest(descriptions, 'https://clip.example');
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url },
    });
    expect(features.slash_commands.every((command) => 'url' in command && command.url === url)).toBe(true);
    expect(oauth_config).toMatchObject({ redirect_urls: ['https://clip.example/slack/oauth_redirect'] });
  });
});
