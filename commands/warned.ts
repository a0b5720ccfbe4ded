import type { Action, Command, Subcommand } from '../src/chat/command.ts';
import type { Locale } from '../src/chat/locale.ts';
import type { DetectorModel } from '../src/clip/detector/model.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import type { Services } from '../src/services.ts';

/** What must stand wherever the model is used, below its pictures too: nothing for most models. */
export function warningOf({ warning }: Pick<ModelInfo, 'warning'>, locale: Locale): string[] {
  return warning ? [warning[locale]] : [];
}

/** The command, with the warnings of the models that it chose at the head of every answer: none has to think of it. */
export function warned(command: Command<Services>): Command<Services> {
  if (command.kind === 'action') return { ...command, action: warnedAction(command.action) };
  const entries = Object.entries(command.subcommands);
  const subcommands = entries.map(([name, one]): [string, Subcommand<Services>] => [
    name,
    { ...one, ...warnedAction(one) },
  ]);
  return { ...command, subcommands: Object.fromEntries(subcommands) };
}

function warnedAction(action: Action<Services>): Action<Services> {
  return {
    ...action,
    async execute(request, services, onProgress) {
      const chosen = new Set<ClipModel | DetectorModel>();
      const models: Services['models'] = {
        detector: services.models.detector,
        names: () => services.models.names(),
        detectorFor(name) {
          const detector = services.models.detectorFor(name);
          if (detector) chosen.add(detector);
          return detector;
        },
        async choose(name) {
          const model = await services.models.choose(name);
          chosen.add(model);
          return model;
        },
      };
      const reply = await action.execute(request, { ...services, models }, onProgress);
      const infos = await Promise.all([...chosen].map((model) => model.info()));
      const warnings = new Set(infos.flatMap((info) => warningOf(info, request.locale)));
      return warnings.size > 0 ? { ...reply, text: [...warnings, reply.text].join('\n') } : reply;
    },
  };
}
