import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Audits } from './audit/audits.ts';
import { Packs } from './audit/packs.ts';
import { FollowUpBook } from './chat/follow-up.ts';
import { ModelLibrary } from './clip/library.ts';
import type { ClipModel } from './clip/model.ts';
import { ModelPool } from './clip/model-pool.ts';
import type { ModelStatus } from './clip/status.ts';
import { type Config, ConfigError } from './config.ts';
import { Trainer } from './probe/trainer.ts';
import { ROOT } from './root.ts';
import { AllowedPacks } from './store/allowed-packs.ts';
import { AuditHistory } from './store/audit-history.ts';
import { ChannelModels } from './store/channel-models.ts';
import { openDatabase } from './store/database.ts';
import { Examples } from './store/examples.ts';
import { FollowUps } from './store/follow-ups.ts';
import { Installations } from './store/installations.ts';
import { LabelSets } from './store/label-sets.ts';
import { Schedules } from './store/schedules.ts';
import { Teaching } from './teaching.ts';

/** What commands are given. */
export interface Services {
  models: Pick<ModelPool, 'choose' | 'names' | 'detector' | 'detectorFor'>;
  library: ModelLibrary;
  labelSets: LabelSets;
  channelModels: ChannelModels;
  teaching: Teaching;
  /** Of evaluations: what a channel is being taught need not wait for them. */
  trials: Trainer;
  packs: Packs;
  audits: Audits;
  allowedPacks: AllowedPacks;
  auditHistory: AuditHistory;
  schedules: Schedules;
}

export interface RunningServices extends Services {
  /** The model of CLIP_MODEL; commands choose from `models`. */
  model: ClipModel;
  /** Where that model stands or, before it is needed, how far a pull is, or the download of the detector. */
  readonly status: ModelStatus;
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
  const { models, library } = createModels(config);
  return {
    models,
    library,
    model: models.default,
    get status(): ModelStatus {
      const { status } = models.default;
      if (status.state !== 'loading' || status.download) return status;
      return { state: 'loading', download: library.download ?? models.detector?.download };
    },
    labelSets: new LabelSets(database),
    channelModels: new ChannelModels(database),
    teaching: new Teaching(new Examples(database), new Trainer()),
    trials: new Trainer(),
    packs: new Packs(fileURLToPath(new URL('probes', ROOT))),
    audits: new Audits(),
    allowedPacks: new AllowedPacks(database),
    auditHistory: new AuditHistory(database),
    schedules: new Schedules(database),
    followUps: new FollowUpBook(new FollowUps(database)),
    installations: new Installations(database),
    async close() {
      await models.close();
      await database.destroy();
    },
  };
}

/** The models alone, for what needs no store. */
export function createModels(config: Config): { models: ModelPool; library: ModelLibrary } {
  const library = new ModelLibrary({
    hub: {
      endpoint: config.HF_ENDPOINT,
      token: config.HF_TOKEN,
      isOffline: config.HF_HUB_OFFLINE,
      proxies: { https: config.HTTPS_PROXY, http: config.HTTP_PROXY, none: config.NO_PROXY },
    },
    cacheFolder: resolve(config.DATA_DIR),
  });
  const models = new ModelPool({
    library,
    model: config.CLIP_MODEL,
    dtype: config.CLIP_DTYPE,
    detector: config.DETECTOR_MODEL,
    threads: config.ENCODER_THREADS,
    memory: config.MODEL_MEMORY * 1e6,
  });
  return { models, library };
}
