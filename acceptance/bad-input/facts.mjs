/** What the table needs to know beforehand: uids, versions, tokens that were and are not, a connection that is open. */
import { GROUP } from './objects.mjs';
import { ask, parse } from './stage.mjs';

export async function gatherFacts(stage) {
  const { home, away, people } = stage;
  const get = async (place, plural, name) =>
    (await ask(stage, 'admin', `${GROUP}/namespaces/${place.namespace}/${plural}/${name}`)).json;
  const tokens = await spentTokens(stage);
  const { json } = await ask(stage, 'admin', '/tokens');
  return {
    repository: await get(home, 'repositories', home.repository),
    awayRepositoryUid: (await get(away, 'repositories', away.repository)).metadata.uid,
    ...tokens,
    usedLink: people.ann.link.split('#sign-in=')[1],
    adminTokenId: json.items[0].id,
    ...(await openLive(stage, 'dev')),
    run: stage.run,
    approval: stage.approval,
  };
}

async function spentTokens(stage) {
  const post = async body => {
    const answer = await stage.exchange.send({
      ...{ method: 'POST', path: '/tokens', body: JSON.stringify(body) },
      headers: { authorization: `Bearer ${stage.people.admin.token}`, 'content-type': 'application/json' },
    });
    return parse(answer.text);
  };
  const revoked = await post({ description: 'revoked at once' });
  await stage.exchange.send({
    method: 'DELETE',
    path: `/tokens/${revoked.id}`,
    headers: { authorization: `Bearer ${stage.people.admin.token}` },
  });
  const expired = await post({ description: 'for a second', expiresInSeconds: 1 });
  const unused = await post({ purpose: 'sign-in', user: 'admin' });
  await new Promise(resolve => setTimeout(resolve, 1100));
  return { revoked: revoked.token, expired: expired.token, unusedLink: unused.token };
}

/** A live connection of somebody's that stays open for the whole table. */
function openLive({ server, people }, by) {
  const abort = new AbortController();
  return fetch(`${server.url}/api/krate/live`, {
    headers: { authorization: `Bearer ${people[by].token}` },
    signal: abort.signal,
  }).then(async response => {
    const { value } = await response.body.getReader().read();
    const { id } = JSON.parse(Buffer.from(value).toString('utf8').split('\n')[0]);
    return { liveOfDev: id, closeLive: () => abort.abort() };
  });
}

/** Opens a live connection, subscribes, and tells what came within half a second. */
export async function listenLive({ server, people }, by, subscription) {
  const headers = { authorization: `Bearer ${people[by].token}`, 'content-type': 'application/json' };
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/krate/live`, { headers, signal: abort.signal });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body) text += Buffer.from(chunk).toString('utf8');
  })().catch(() => undefined);
  while (!text.includes('\n')) await new Promise(resolve => setTimeout(resolve, 10));
  const { id } = JSON.parse(text.split('\n')[0]);
  await fetch(`${server.url}/api/krate/live/${id}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ subscribe: [{ id: 'asked', ...subscription }] }),
  });
  await new Promise(resolve => setTimeout(resolve, 500));
  abort.abort();
  await reading;
  return { status: 200, headers: {}, text };
}
