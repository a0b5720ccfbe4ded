import { join } from 'node:path';
import { FollowUpBook } from './chat/follow-up.ts';
import { ClipModel } from './clip/model.ts';
import { type Config, ConfigError } from './config.ts';
import { openDatabase } from './store/database.ts';
import { FollowUps } from './store/follow-ups.ts';
import { Installations } from './store/installations.ts';
import { LabelSets } from './store/label-sets.ts';

/** What commands are given. */
export interface Services {
  model: ClipModel;
  labelSets: LabelSets;
}

export interface RunningServices extends Services {
  /** What the buttons of given answers do; for adapters. */
  followUps: FollowUpBook;
  /** Of workspaces that installed the app; for adapters. */
  installations: Installations;
  close(): Promise<void>;
}

/** Builds the services. The model loads when it is first needed, or told to. */
export async function createServices(config: Config): Promise<RunningServices> {
  const database = await openDatabase(config.DATA_DIR).catch((cause) => {
    const example = 'DATA_DIR=data, a folder that can be written to';
    throw new ConfigError(`DATA_DIR=${config.DATA_DIR} cannot be used. A right value is, for example, ${example}`, {
      cause,
    });
  });
  const model = new ClipModel({
    model: config.CLIP_MODEL,
    dtype: config.CLIP_DTYPE,
    endpoint: config.HF_ENDPOINT,
    cacheFolder: join(config.DATA_DIR, 'models'),
    threads: config.ENCODER_THREADS,
  });
  return {
    model,
    labelSets: new LabelSets(database),
    followUps: new FollowUpBook(new FollowUps(database)),
    installations: new Installations(database),
    async close() {
      await model.close();
      await database.destroy();
    },
  };
}
