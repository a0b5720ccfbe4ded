import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ROOT } from './root.ts';

/** The variants of a model's files that transformers.js knows. */
export const DTYPES = ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] as const;
export type Dtype = (typeof DTYPES)[number];

const address = z.url({ protocol: /^https?$/ });

const schema = z.object({
  CLIP_MODEL: z.string().min(1).default('demo'),
  CLIP_DTYPE: z.enum(DTYPES).default('fp32'),
  DETECTOR_MODEL: z.string().min(1).optional(),
  MODEL_MEMORY: z.coerce.number().int().min(400).max(10_000_000).default(halfOfMemory()),
  HF_ENDPOINT: address.default('https://huggingface.co'),
  HF_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
  HF_HUB_OFFLINE: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
  HTTPS_PROXY: address.optional(),
  HTTP_PROXY: address.optional(),
  NO_PROXY: z.string().optional(),
  ENCODER_THREADS: z.coerce.number().int().min(1).max(64).default(Math.min(4, availableParallelism())),
  QUEUE_LIMIT: z.coerce.number().int().min(1).max(10_000).default(128),
  DATA_DIR: z.string().min(1).default('data'),
  WEB_HOST: z.string().min(1).default('127.0.0.1'),
  WEB_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/)
    .optional(),
  DISCORD_SHARDS: z.union([z.literal('auto'), z.coerce.number().int().min(1).max(1000)]).default('auto'),
  DISCORD_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(16).optional(),
  SLACK_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().min(16).optional(),
  SLACK_TOKEN_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
});

/** In megabytes, of the machine or, where that is less, of the container. */
function halfOfMemory(): number {
  const limit = process.constrainedMemory();
  return Math.max(500, Math.floor(Math.min(totalmem(), limit > 0 ? limit : totalmem()) / 2e6));
}

/** A right value for each variable, for the sentence that refuses a wrong one. */
export const EXAMPLES: Record<keyof Config, string> = {
  CLIP_MODEL: 'demo',
  CLIP_DTYPE: 'fp32',
  DETECTOR_MODEL: 'Xenova/owlvit-base-patch32',
  MODEL_MEMORY: '2000',
  HF_ENDPOINT: 'https://huggingface.co',
  HF_TOKEN: 'hf_abcdef',
  HF_HUB_OFFLINE: '1',
  HTTPS_PROXY: 'http://proxy.example:3128',
  HTTP_PROXY: 'http://proxy.example:3128',
  NO_PROXY: 'localhost,.example',
  ENCODER_THREADS: '2',
  QUEUE_LIMIT: '128',
  DATA_DIR: 'data',
  WEB_HOST: '127.0.0.1',
  WEB_PORT: '3000',
  DISCORD_TOKEN: 'the token from discord.com/developers > your app > Bot',
  DISCORD_GUILD_ID: '123456789012345678',
  DISCORD_SHARDS: 'auto',
  DISCORD_API_URL: 'https://discord.com/api',
  SLACK_BOT_TOKEN: 'xoxb-1-2-abc',
  SLACK_APP_TOKEN: 'xapp-1-A1-2-abc',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_PORT: '3001',
  SLACK_CLIENT_ID: '1234567890.1234567890',
  SLACK_CLIENT_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_STATE_SECRET: 'any-text-that-nobody-can-guess',
  SLACK_TOKEN_KEY: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  SLACK_API_URL: 'https://slack.com/api/',
  LOG_LEVEL: 'info',
};

/** Written in small letters as well, by custom. */
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];

export type Config = z.infer<typeof schema>;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the configuration from the environment, with `.env` beneath it. Empty variables count as unset.
 * @throws ConfigError with one sentence naming the first wrong variable and a right value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const proxies = PROXIES.map((name) => [name, environment[name] ?? environment[name.toLowerCase()]] as const);
  const given = Object.fromEntries([...Object.entries(environment), ...proxies].filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const name = schema.keyof().parse(parsed.error.issues[0]?.path[0]);
  throw new ConfigError(
    `${name}=${isSecret(name) ? '…' : given[name]} cannot be used. A right value is, for example, ${name}=${EXAMPLES[name]}`,
  );
}

/** What must not be seen over somebody's shoulder, nor in a log. The address of a proxy may have a password in it. */
function isSecret(name: string): boolean {
  return /_(TOKEN|SECRET|KEY)$|^HTTPS?_PROXY$/.test(name);
}

/** The configuration of this process. Variables that are set win over `.env` in the working folder. */
export function loadConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env);
}

/**
 * Makes the text renderer of sharp use the bundled fonts alone, so that a machine without fonts draws the same.
 * fontconfig reads the variable once, when the first text is drawn.
 */
export function useBundledFonts(): void {
  process.env.FONTCONFIG_FILE = fileURLToPath(new URL('src/draw/fonts/fonts.conf', ROOT));
}
