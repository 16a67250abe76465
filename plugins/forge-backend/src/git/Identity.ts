/** Who a commit is by. */
export interface Identity {
  name: string;
  email: string;
}

/** The variables by which git takes an author and a committer. Times are whole seconds. */
export function identityEnvironment(
  author: Identity & { date?: string },
  committer: Identity,
  now: Date,
): Record<string, string> {
  const date = `${Math.floor(now.getTime() / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: plain(author.name),
    GIT_AUTHOR_EMAIL: plain(author.email),
    GIT_AUTHOR_DATE: author.date ?? date,
    GIT_COMMITTER_NAME: plain(committer.name),
    GIT_COMMITTER_EMAIL: plain(committer.email),
    GIT_COMMITTER_DATE: date,
  };
}

/** git refuses these characters in an identity, and an empty name. */
function plain(value: string): string {
  // eslint-disable-next-line no-control-regex
  return value.replace(/[<>\x00-\x1f]/g, '').trim() || 'unknown';
}
