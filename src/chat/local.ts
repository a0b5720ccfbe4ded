const PREFIX = 'local:';

/** The channel of the page and of the command line. */
export function localChannel(name: string): string {
  return PREFIX + name;
}

/** Whether it is one of theirs, where nothing can be posted that nobody waits for. */
export function isLocal(channel: string): boolean {
  return channel.startsWith(PREFIX);
}
