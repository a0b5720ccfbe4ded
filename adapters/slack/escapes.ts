/** Slack's three control characters as it wants them; with no `<` left there is no mention, channel or link. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * What a person typed, out of what Slack made of it: a link is its address again, or the words it was made from, the
 * bot's own mention is gone, and the three control characters are themselves.
 */
export function readText(text: string, botUser: string | undefined): string {
  return text
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (mention, user: string) => (user === botUser ? ' ' : mention))
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, address: string, words?: string) => words ?? address)
    .replace(/<#\w+\|([^>]*)>/g, '#$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}
