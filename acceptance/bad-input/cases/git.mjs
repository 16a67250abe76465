/** git's own way in: addresses that climb, repositories that are hidden, and what a stranger's client is told. */
import { missing, table } from './helpers.mjs';

const basic = token => `Basic ${Buffer.from(`git:${token}`).toString('base64')}`;

export function git({ home, away, people }) {
  const refs = (path, by, want, more = {}) => ({
    request: `GET /git/${path}/info/refs?service=git-upload-pack`,
    absolute: true,
    plain: true,
    by,
    headers: by ? { authorization: basic(people[by].token) } : {},
    want,
    ...more,
  });
  const own = `${home.org}/${home.repository}.git`;
  return [
    ...table(
      [
        ['two dots', `${home.org}/../${away.org}/${away.repository}.git`],
        ['two dots, encoded', `${home.org}/..%2f..%2f${away.namespace}%2f${away.repository}.git`],
        ['two dots for the organization', `%2e%2e/${away.repository}.git`],
        ['a namespace for an organization', `${home.namespace}/${home.repository}.git`],
        ['a slash in the name', `${home.org}/x%2f${home.repository}.git`],
        ['a null byte', `${home.org}/${home.repository}%00.git`],
        ['a line break', `${home.org}/${home.repository}%0a.git`],
        ['an option for a name', `${home.org}/--upload-pack=x.git`],
        ['capital letters', `${home.org.toUpperCase()}/${home.repository}.git`],
        ['nothing for a name', `${home.org}/.git`],
        ['.git twice', `${home.org}/${home.repository}.git.git`],
        ['a name of 300 letters', `${home.org}/${'x'.repeat(300)}.git`],
        ['a repository that is not there', `${home.org}/nothing.git`],
        ['another organization’s repository', `${away.org}/${away.repository}.git`],
      ],
      path => refs(path, 'ann', { status: [400, 404] }),
    ).map(row => ({ ...row, why: `git with ${row.why}` })),
    { why: 'a clone by nobody', ...refs(own, undefined, 401) },
    { why: 'a clone of nothing by nobody', ...refs(`${home.org}/nothing.git`, undefined, 401) },
    { why: 'a clone by a stranger', ...refs(own, 'eve', 404) },
    { why: 'a clone by a neighbour', ...refs(own, 'noa', 404) },
    {
      why: 'a clone with a wrong token',
      ...refs(own, undefined, 401, { headers: { authorization: basic('krate_a_wrong') } }),
    },
    {
      why: 'a push by a viewer',
      ...refs(own, 'vic', 403),
      request: `GET /git/${own}/info/refs?service=git-receive-pack`,
    },
    {
      why: 'a push by a stranger',
      ...refs(own, 'eve', 404),
      request: `GET /git/${own}/info/refs?service=git-receive-pack`,
    },
    ...table(
      [
        ['the dumb protocol', 'info/refs', 403],
        ['a service that is none', 'info/refs?service=git-upload-archive', 403],
        ['a service given twice', 'info/refs?service=git-upload-pack&service=git-receive-pack', [400, 403]],
        ['a file of the repository', 'HEAD', 404],
        ['its configuration', 'config', 404],
        ['its objects', 'objects/info/packs', 404],
        ['a file beside it', '..%2f..%2fkeys', 404],
      ],
      (rest, status) => ({ ...refs(own, 'ann', status), request: `GET /git/${own}/${rest}` }),
    ).map(row => ({ ...row, why: `git asked for ${row.why}` })),
    {
      why: 'a pack of garbage',
      ...refs(own, 'dev', {
        status: [200, 400, 403, 404, 415, 422],
        check: (_, { text }) => /unpack ok/.test(text) && 'it was taken',
      }),
      request: `POST /git/${own}/git-receive-pack`,
      type: 'application/x-git-receive-pack-request',
      body: 'garbage',
    },
    ...table(
      [
        ['a path that climbs', `blob?path=..%2f..%2fconfig`],
        ['an absolute path', `blob?path=%2fetc%2fpasswd`],
        ['a path in .git', `blob?path=.git%2fconfig`],
        ['a null byte', `blob?path=a%00b`],
        ['a revision that is an option', `blob?path=README.md&ref=--output%3D%2ftmp%2fx`],
        ['a revision with a range', `blob?path=README.md&ref=main..main`],
        ['a revision of reflogs', `blob?path=README.md&ref=main%40%7b1%7d`],
      ],
      rest => ({
        by: 'ann',
        request: `GET /forge/${home.org}/${home.repository}/${rest}`,
        want: { status: [400, 404] },
      }),
    ).map(row => ({ ...row, why: `a read of the repository with ${row.why}` })),
    {
      why: 'a read of another organization’s repository',
      by: 'ann',
      request: `GET /forge/${away.org}/${away.repository}/tree`,
      want: missing,
    },
  ];
}

/** Pushes that a real git is asked to make: each must be refused, and leave no ref behind. */
export async function pushes({ machine, people, home, server }) {
  const { person } = people.dev;
  const url = `${server.url}/git/${home.org}/${home.repository}.git`;
  const checkout = `${machine.home}/pushes`;
  await person.git(machine.home, 'clone', '-q', url, checkout);
  await person.git(checkout, 'commit', '-q', '--allow-empty', '-m', 'a change');
  const before = await person.git(checkout, 'ls-remote', url);
  const specs = [
    ['the server’s own refs', 'HEAD:refs/krate/x'],
    ['refs of pull requests', 'HEAD:refs/pull/1/head'],
    ['the HEAD itself', 'HEAD:HEAD'],
    ['a branch called HEAD', 'HEAD:refs/heads/HEAD'],
    ['notes', 'HEAD:refs/notes/x'],
    ['a branch called like a commit', `HEAD:refs/heads/${'a'.repeat(40)}`],
    ['a name of 3000 letters', `HEAD:refs/heads/${'x'.repeat(3000)}`],
    ['a name of many parts', `HEAD:refs/heads/${'x/'.repeat(200)}x`],
    ['the protected branch', 'HEAD:refs/heads/main'],
    ['the protected branch by force', '+HEAD:refs/heads/main'],
    ['a deletion of the default branch', ':refs/heads/main'],
  ];
  const faults = [];
  for (const [why, spec] of specs) {
    const refused = await person.git(checkout, 'push', '-q', url, spec).then(
      () => undefined,
      error => error.message,
    );
    if (refused === undefined) faults.push(`a push to ${why} was taken`);
    else if (/^remote:.*(\/data\/|node_modules|\.ts:\d)/m.test(refused))
      faults.push(`a push to ${why} tells of the server's insides: ${refused}`);
  }
  for (const [who, by] of [
    ['a stranger', 'eve'],
    ['a neighbour', 'noa'],
    ['a viewer', 'vic'],
  ]) {
    await people[by].person.git(checkout, 'push', '-q', url, 'HEAD:refs/heads/topic').then(
      () => faults.push(`a push by ${who} was taken`),
      () => undefined,
    );
  }
  if ((await person.git(checkout, 'ls-remote', url)) !== before)
    faults.push('a refused push left a ref behind');
  return { count: specs.length + 3, faults };
}
