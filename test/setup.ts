import { useBundledFonts } from '../src/config.ts';

useBundledFonts();
