import { pino } from 'pino';
import { runCli } from './adapters/cli/index.ts';
import { printOutcome } from './adapters/cli/render.ts';
import { startWeb } from './adapters/web/server.ts';
import { type App, createApp } from './app.ts';
import { Chats, configuredChats } from './chats.ts';
import { operatorCommands, operatorDescriptions, pageDescriptions } from './commands/index.ts';
import { scheduledAudits } from './scheduled-audits.ts';
import { textsFor } from './src/chat/texts/index.ts';
import type { DetectorModel } from './src/clip/detector/model.ts';
import { type Config, ConfigError, loadConfig } from './src/config.ts';

/** How long a stop waits for a scheduled audit that is under way. */
const AUDIT_MILLISECONDS = 5000;

/** The front door: with arguments it is the command line, without it starts what is configured. */
async function main(argv: readonly string[]): Promise<void> {
  const config = loadConfig();
  const isCli = argv.length > 0;
  const log = pino({ level: config.LOG_LEVEL ?? (isCli ? 'warn' : 'info') }, pino.destination(2));
  if (!isCli) return serve(config, await createApp(config, log), log);
  const app = await createApp(config, log, operatorCommands);
  process.exitCode = await runCli({
    argv,
    commands: operatorDescriptions,
    dispatch: app.dispatch,
    status: () => app.services.status,
  });
  await app.services.close();
}

async function serve(config: Config, app: App, log: pino.Logger): Promise<void> {
  const { pageDispatch, services } = app;
  const chats = new Chats(configuredChats(config, app, log), log);
  const audits = scheduledAudits(app, chats, log);
  const web = await startWeb({
    commands: pageDescriptions,
    dispatch: pageDispatch,
    status: () => services.status,
    isReady: () => chats.areReady,
    host: config.WEB_HOST,
    port: config.WEB_PORT,
    log,
  });
  process.stdout.write(`Cliplens is ready in your browser: ${web.address}\n`);
  chats.start();
  const stop = async () => {
    // The chats are still needed for what an audit under way will tell.
    await Promise.all([web.stop(), audits.stop(AUDIT_MILLISECONDS).then(() => chats.stop())]);
    await services.close();
    // A chat that is just being connected would keep the process.
    process.exit();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  await services.model.load();
  const { status } = services.model;
  if (status.state === 'failed') {
    await Promise.all([web.stop(), chats.stop()]);
    await services.close();
    throw new ConfigError(`CLIP_MODEL=${status.model} cannot be used: ${textsFor('en').modelProblem(status.problem)}`);
  }
  // What fell due while it was down would be lost to a model that still loads.
  audits.start();
  await loadDetector(services.models.detector, log);
}

/** All but /detect works without it, so what is wrong with it stops nothing. */
async function loadDetector(detector: DetectorModel | undefined, log: pino.Logger): Promise<void> {
  await detector?.load();
  if (detector?.status.state !== 'failed') return;
  const { model, problem } = detector.status;
  log.warn(
    `DETECTOR_MODEL=${model} cannot be used: ${textsFor('en').modelProblem(problem)} /detect says so until then.`,
  );
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  const outcome = { kind: 'error', code: 'configuration', message: error.message } as const;
  const code = await printOutcome(outcome, { json: process.argv.includes('--json'), out: undefined });
  // A chat that is just being connected would keep the process, and answer without a model.
  process.exit(code);
}
