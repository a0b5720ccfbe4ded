import { z } from 'zod';
import { option } from '../src/chat/options.ts';

export const labelsOption = option(
  z.string().optional(),
  {
    korean: '라벨',
    en: "Labels with commas between them; else the channel's",
    ko: '쉼표로 나눈 라벨. 없으면 채널의 라벨',
  },
  { main: true },
);
