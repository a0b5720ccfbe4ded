import { z } from 'zod';
import type { Pace } from '../src/chat/cooldowns.ts';
import { option } from '../src/chat/options.ts';
import { modelOption } from './model-option.ts';
import { templateOption } from './template-option.ts';

/** More labels than this cannot be told apart in a picture. */
export const MOST_LOCATED = 10;

/** An answer takes several runs of the model, so a person may not ask as often as for others. */
export const LOCATED_PACE: Pace = { person: { uses: 4, seconds: 10 }, channel: { uses: 30, seconds: 10 } };

/** The options of commands that say where labels are. */
export const locatedOptions = z.object({
  labels: option(
    z.string().optional(),
    {
      korean: '라벨',
      en: "What to look for, up to ten with commas; else the channel's labels",
      ko: '찾을 것. 쉼표로 열 개까지. 없으면 채널의 라벨',
    },
    { main: true },
  ),
  template: templateOption,
  model: modelOption,
});
