/** Of what the organization has none of: its page says so. */
const MISSING = 'nothing-is-called-this';

/** The pages of the walk. Objects with generated names (runs, jobs, pull requests) are looked up first. */
export async function findPages(browser, { origin, organization, repository, session }) {
  const org = `/orgs/${organization}`;
  const repo = `${org}/repositories/${repository}`;
  const first = await firstNames(browser, { origin, organization, session });
  return [
    { name: 'home', path: org },
    { name: 'inbox', path: `${org}/inbox` },
    { name: 'repositories', path: `${org}/repositories` },
    { name: 'repositories-empty', path: `${org}/repositories?q=nothing-is-called-this` },
    { name: 'repository-overview', path: repo },
    { name: 'repository-code', path: `${repo}/code` },
    { name: 'repository-file', path: `${repo}/code?path=README.md&as=source` },
    { name: 'repository-commits', path: `${repo}/code?show=commits` },
    { name: 'repository-pull-requests', path: `${repo}/pull-requests` },
    { name: 'repository-new-pull-request', path: `${repo}/new-pull-request` },
    { name: 'repository-runs', path: `${repo}/runs` },
    { name: 'repository-resource', path: `${repo}/resource` },
    { name: 'pull-requests', path: `${org}/pull-requests?state=all` },
    { name: 'missing', path: `${org}/nothing/here` },
    { name: 'search', path: `/search?query=${repository}` },
    { name: 'search-empty', path: '/search?query=zzqqxxyyzzqq' },
    { name: 'documentation', path: '/documentation' },
    { name: 'documentation-page', path: '/documentation/guides/first-tour' },
    { name: 'techdocs', path: '/docs/default/component/krate' },
    { name: 'techdocs-page', path: '/docs/default/component/krate/guides/add-a-kind' },
    { name: 'techdocs-reference', path: '/docs/default/component/krate/reference/kinds/Team' },
    { name: 'catalog-organization', path: `/catalog/default/group/${organization}` },
    { name: 'catalog-stack', path: `/catalog/${organization}/component/fixer` },
    { name: 'catalog-entity', path: `/catalog/${organization}/component/${repository}` },
    ...(first.pullrequests
      ? ['', '/commits', '/files', '/resource'].map(tab => ({
          name: `pull-request${tab.replace('/', '-')}`,
          path: `${org}/pull-requests/${first.pullrequests}${tab}`,
        }))
      : []),
    ...(first.pipelines ? [{ name: 'pipeline', path: `${org}/pipelines/${first.pipelines}` }] : []),
    ...(first.jobs ? [{ name: 'job', path: `${org}/jobs/${first.jobs}` }] : []),
    ...(first.agentdispatchruns ? [{ name: 'run', path: `${org}/runs/${first.agentdispatchruns}` }] : []),
    { name: 'stacks', path: `${org}/stacks` },
    { name: 'runs', path: `${org}/runs` },
    { name: 'approvals', path: `${org}/approvals` },
    ...administrationPages(`${org}/manage`, first),
    ...explorerPages(org, { repository, ...first }),
    { name: 'api-reference', path: '/api-reference' },
  ];
}

/** What is administered: lists, one of each, and the dialogs. */
function administrationPages(manage, first) {
  const pages = {
    members: 'access/members',
    member: `access/members/${first.users ?? MISSING}`,
    teams: 'access/teams',
    team: `access/teams/${first.teams ?? MISSING}`,
    invites: 'access/invites',
    logins: 'access/logins',
    'sign-in': 'access/sign-in',
    organization: 'organization',
    organizations: 'organizations',
    audit: 'audit',
    secrets: 'secrets',
    secret: `secrets/${first.secrets ?? MISSING}`,
    tokens: 'account/tokens',
    notifications: 'account/notifications',
  };
  const dialogs = {
    'member-add': ['access/members', /^Add (a|somebody)/],
    'team-make': ['access/teams', 'Make a team'],
    invite: ['access/invites', 'Invite somebody'],
    'secret-add': ['secrets', 'Add a secret'],
    'token-make': ['account/tokens', 'Make a token'],
  };
  return [
    ...Object.entries(pages).map(([name, path]) => ({ name: `manage-${name}`, path: `${manage}/${path}` })),
    ...Object.entries(dialogs).map(([name, [path, button]]) => ({
      name: `manage-${name}-dialog`,
      path: `${manage}/${path}`,
      part: '[role="dialog"]',
      prepare: page => page.getByRole('button', { name: button }).first().click(),
    })),
  ];
}

/** The explorer: its index, lists of every sort, an object's parts, and the form of an object that is there and of a new one. */
function explorerPages(org, { repository, teams, users, secrets }) {
  const path = {
    index: 'explorer',
    list: 'explorer/repositories',
    'list-filtered': `explorer/teams?labels=nothing%3Dhas-this`,
    'list-empty': 'explorer/issues',
    'list-without-controller': 'explorer/krateprojects',
    missing: `explorer/repositories/${MISSING}`,
    ...Object.fromEntries(
      ['', 'relations', 'history', 'yaml', 'edit'].flatMap(part =>
        Object.entries({ repositories: repository, teams, users, secrets }).map(
          ([plural, name = MISSING]) => [
            `${plural}-${part || 'overview'}`,
            `explorer/${plural}/${name}${part && `/${part}`}`,
          ],
        ),
      ),
    ),
    'new-team': 'create/teams',
    'new-secret': 'create/secrets',
    'new-selector': 'create/selectors',
  };
  return Object.entries(path).map(([name, below]) => ({ name: `explorer-${name}`, path: `${org}/${below}` }));
}

/** The name of an object of each kind that has one. */
async function firstNames(browser, { origin, organization, session }) {
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  await page.goto(origin);
  const names = await page.evaluate(async namespace => {
    const answer = await fetch('/api/auth/local/refresh', {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
      credentials: 'include',
    });
    const token = (await answer.json()).backstageIdentity?.token;
    const found = {};
    const plurals = ['pullrequests', 'pipelines', 'jobs', 'agentdispatchruns', 'users', 'teams', 'secrets'];
    for (const plural of plurals) {
      const group = plural === 'secrets' ? 'api/v1' : 'apis/krate.a5c.ai/v1alpha1';
      const list = await fetch(`/api/krate/${group}/namespaces/${namespace}/${plural}?limit=500`, {
        headers: { authorization: `Bearer ${token}` },
      });
      // The last by name: what somebody made for the walk has more to show than what is always there.
      found[plural] = list.ok ? (await list.json()).items.at(-1)?.metadata.name : undefined;
    }
    return found;
  }, `krate-org-${organization}`);
  await context.close();
  return names;
}
