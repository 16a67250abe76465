/** Money of model calls: cents matter, and so do their parts. Undefined when nothing was metered. */
export function formatCost(usd: number | undefined): string | undefined {
  if (usd === undefined) return undefined;
  if (usd > 0 && usd < 0.01) return `$${usd.toFixed(4)}`;
  return `$${usd.toFixed(2)}`;
}

/** `1,234 in · 56 out`; undefined when no call was metered. */
export function formatTokens(tokens: { inputTokens?: number; outputTokens?: number }): string | undefined {
  if (tokens.inputTokens === undefined && tokens.outputTokens === undefined) return undefined;
  const count = (n = 0) => n.toLocaleString('en');
  return `${count(tokens.inputTokens)} in · ${count(tokens.outputTokens)} out`;
}

/** Bytes as people read them: `512 B`, `1.4 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** `refs/heads/main` as people say it. */
export const shortRef = (ref: string | undefined) => ref?.replace(/^refs\/(heads|tags)\//, '');

/** The first line of a longer text, for a row of a table. */
export const firstLine = (text: string | undefined) => text?.trim().split('\n', 1)[0];
