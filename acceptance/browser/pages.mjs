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
    { name: 'explorer-new', path: `${org}/create/selectors` },
    { name: 'search', path: '/search?query=till' },
    { name: 'search-empty', path: '/search?query=zzqqxxyyzzqq' },
    { name: 'documentation', path: '/documentation' },
    { name: 'documentation-page', path: '/documentation/guides/first-tour' },
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
    ...Object.entries({
      members: 'access/members',
      teams: 'access/teams',
      invites: 'access/invites',
      logins: 'access/logins',
      'sign-in': 'access/sign-in',
      organization: 'organization',
      organizations: 'organizations',
      audit: 'audit',
      secrets: 'secrets',
      tokens: 'account/tokens',
      notifications: 'account/notifications',
    }).map(([name, path]) => ({ name: `manage-${name}`, path: `${org}/manage/${path}` })),
    ...Object.entries({
      index: '',
      list: '/repositories',
      empty: '/issues',
      detail: `/repositories/${repository}`,
      relations: `/repositories/${repository}/relations`,
      history: `/repositories/${repository}/history`,
      edit: `/repositories/${repository}/edit`,
    }).map(([name, path]) => ({ name: `explorer-${name}`, path: `${org}/explorer${path}` })),
    { name: 'explorer-new', path: `${org}/create/selectors` },
    { name: 'search', path: `/search?query=${repository}` },
    { name: 'documentation', path: '/documentation' },
    { name: 'api-reference', path: '/api-reference' },
  ];
}

/** The name of the first object of each kind that has one. */
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
    for (const plural of ['pullrequests', 'pipelines', 'jobs', 'agentdispatchruns']) {
      const list = await fetch(
        `/api/krate/apis/krate.a5c.ai/v1alpha1/namespaces/${namespace}/${plural}?limit=1`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      found[plural] = list.ok ? (await list.json()).items[0]?.metadata.name : undefined;
    }
    return found;
  }, `krate-org-${organization}`);
  await context.close();
  return names;
}
