import { GitRunner } from '@krate/plugin-forge-node';

export interface Tag {
  name: string;
  /** The commit it names, whether or not there is a tag object between. */
  sha: string;
  taggedAt: string;
  /** Who made the tag object; absent for a light tag. */
  tagger?: string;
  subject: string;
}

const FORMAT = [
  '%(refname:lstrip=2)',
  '%(objectname)',
  '%(*objectname)',
  '%(creatordate:iso-strict)',
  '%(taggername)',
  '%(contents:subject)',
].join('%00');

/** The tags of a repository, the latest first. */
export async function readTags(git: GitRunner, gitDir: string, limit = 2000): Promise<Tag[]> {
  const args = [
    'for-each-ref',
    `--format=${FORMAT}`,
    '--sort=-creatordate',
    `--count=${limit}`,
    'refs/tags/',
  ];
  const text = await git.text(args, { gitDir });
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [name, object, peeled, taggedAt, tagger, subject] = line.split('\0');
      return { name, sha: peeled || object, taggedAt, subject, ...(tagger ? { tagger } : {}) };
    });
}
