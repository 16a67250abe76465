/**
 * Requests that nobody thought of: drawn from the documents that the server itself serves, with a seed that repeats them.
 * Whatever is sent, the server answers with a refusal it means or does what is right; it never fails, never tells a secret,
 * and is as large afterwards as before.
 */
import fc from 'fast-check';
import { hostile } from './hostile.mjs';
import { ask, parse } from './stage.mjs';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
/** Watches and streams go on for ever when they are let in; they are asked for elsewhere. */
const LASTING = /watch=true|follow=|\/live|events\/stream|stream/;

/** Every operation of both documents: `{method, path, surface, body}`. */
export async function readOperations(stage) {
  const index = (await ask(stage, 'admin', '/openapi/v3')).json;
  const groups = await Promise.all(
    Object.values(index.paths).map(({ serverRelativeURL }) => {
      const path = serverRelativeURL.replace(/^\/api\/krate/, '');
      return ask(stage, 'admin', path);
    }),
  );
  const facade = await stage.exchange.send({
    ...{ path: '/api/openapi.json', absolute: true },
    headers: { authorization: `Bearer ${stage.people.admin.token}` },
  });
  return [
    ...groups.flatMap(({ json }) => operationsOf(json, path => path.replace(/^\/api\/krate/, ''), false)),
    ...operationsOf(parse(facade.text), path => path, true),
  ];
}

function operationsOf(document, pathOf, absolute) {
  return Object.entries(document?.paths ?? {}).flatMap(([path, methods]) =>
    METHODS.filter(method => methods[method] && !LASTING.test(path)).map(method => {
      const { requestBody, parameters = [] } = methods[method];
      const types = Object.keys(requestBody?.content ?? {});
      const query = [...parameters, ...(methods.parameters ?? [])].filter(each => each.in === 'query');
      return {
        method: method.toUpperCase(),
        path: pathOf(path),
        absolute,
        types,
        query: query.map(each => each.name),
      };
    }),
  );
}

/**
 * Sends `count` requests and returns what was wrong with any. The last one is shrunk by fast-check to the least that fails,
 * and its seed is part of the message.
 */
export async function fuzz(stage, { seed, count }) {
  const operations = await readOperations(stage);
  const request = fc.constantFrom(...operations).chain(operation =>
    fc.record({
      operation: fc.constant(operation),
      by: fc.constantFrom('ann', 'vic', 'noa', undefined),
      over: fc.constantFrom('portal', 'tls'),
      names: fc.array(hostile.name(stage), { minLength: 6, maxLength: 6 }),
      query: fc.dictionary(fc.constantFrom('x', ...operation.query), hostile.text, { maxKeys: 2 }),
      type: fc.constantFrom('application/json', ...operation.types),
      body: hostile.body(stage),
    }),
  );
  let sent = 0;
  const statuses = {};
  const property = fc.asyncProperty(request, async drawn => {
    const { line, answer } = await sendDrawn(stage, drawn);
    sent += 1;
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    const fault = faultOf(stage, answer);
    if (fault) throw new Error(`${line}: ${answer.status}, ${fault}: ${answer.text.slice(0, 300)}`);
  });
  const options = { seed, numRuns: count, endOnFailure: count > 2000 };
  const result = await fc.check(property, options);
  const faults = result.failed
    ? [`fuzz, seed ${result.seed}, path ${result.counterexamplePath}: ${result.errorInstance?.message}`]
    : [];
  return { sent, faults, statuses, operations: operations.length };
}

async function sendDrawn(stage, { operation, by, over, names, query, type, body }) {
  const left = [...names];
  const path = operation.path.replace(/\{[^}]+\}/g, () => left.pop() ?? 'x');
  const search = new URLSearchParams(
    Object.entries(query).filter(([name]) => !['watch', 'follow'].includes(name)),
  );
  const takesBody = ['POST', 'PUT', 'PATCH'].includes(operation.method);
  const dry = operation.absolute ? '' : '&dryRun=All';
  const line = `${operation.method} ${path}?${search}${dry}`;
  const answer = await stage.exchange.send({
    ...{ over, method: operation.method, path: `${path}?${search}${dry}`, absolute: operation.absolute },
    headers: {
      ...(by ? { authorization: `Bearer ${stage.people[by].token}` } : {}),
      ...(takesBody ? { 'content-type': type } : {}),
    },
    ...(takesBody ? { body } : {}),
  });
  return {
    line: `${by ?? 'nobody'} over ${over}: ${line.slice(0, 300)} ${String(body).slice(0, 200)}`,
    answer,
  };
}

/** What an answer may never be, whoever asked whatever. */
function faultOf({ home, away, people }, { status, text, headers }) {
  if (status >= 500 && status !== 504) return 'the server failed';
  const json = parse(text);
  const explained = json?.kind === 'Status' || typeof json?.error?.code === 'string';
  if (status >= 400 && status !== 431 && !explained) return 'a refusal that does not say why';
  const told = `${text} ${JSON.stringify(headers)}`;
  const secrets = [home.value, away.value, ...Object.values(people).map(({ token }) => token)];
  return secrets.some(secret => told.includes(secret)) ? 'it tells a secret' : undefined;
}
