import { z } from 'zod';
import { option } from '../src/chat/options.ts';
import { TEMPLATE_SETS } from '../src/clip/prompts.ts';

/** The template of every command that puts labels into one. */
export const templateOption = option(
  z.string().optional(),
  {
    korean: '템플릿',
    en: 'A set of templates, or your own text with {label}',
    ko: '템플릿 묶음 또는 {label}이 든 문장',
  },
  { suggestions: Object.keys(TEMPLATE_SETS) },
);
