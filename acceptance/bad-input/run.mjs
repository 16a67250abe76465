/**
 * `node acceptance/bad-input/run.mjs [--only TEXT] [--fuzz COUNT] [--seed NUMBER]`: sends everything that must not work and looks at what comes of it. Each
 * request is answered with its status, code and field; nothing is stored; and nobody hears what is not theirs: a request
 * that names something foreign is answered exactly as one that names nothing at all. Then come requests that nobody thought
 * of, drawn by a seed: a few each time, as many as one likes by `--fuzz`, which leaves the table out.
 */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Machine } from '../main-job/Machine.mjs';
import { agreement } from './agreement.mjs';
import { authority } from './cases/authority.mjs';
import { bodies } from './cases/bodies.mjs';
import { git, pushes } from './cases/git.mjs';
import { places } from './cases/places.mjs';
import { secrets } from './cases/secrets.mjs';
import { gatherFacts, listenLive } from './facts.mjs';
import { differences, takeInventory } from './inventory.mjs';
import { faultsOf, foreignNames } from './judge.mjs';
import { fuzz } from './fuzz.mjs';
import { endRun } from './parkRun.mjs';
import { raw } from './raw.mjs';
import { setStage } from './stage.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const given = name => {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const only = given('--only') ?? '';
const drawn = {
  seed: Number(given('--seed') ?? 20261121),
  count: Number(given('--fuzz') ?? (only ? 0 : 400)),
};
/** Bytes that the process may hold more than before; what grows with every request is far beyond it. */
const GROWTH_BYTES = 250 * 1024 * 1024;

const machine = new Machine(root);
let failed = 0;
const fault = text => {
  failed += 1;
  console.log(`  ✗ ${text}`);
};

try {
  const stage = await setStage(machine, root);
  stage.facts = await gatherFacts(stage);
  const started = Date.now();
  const before = await takeInventory(stage);
  const cases = [bodies, places, authority, secrets, git]
    .flatMap(make => make(stage))
    .filter(({ why }) => why.includes(only) && given('--fuzz') === undefined);
  let count = 0;
  for (const spec of cases) count += await tryCase(stage, spec);
  const pushed = only || given('--fuzz') ? { count: 0, faults: [] } : await pushes(stage);
  pushed.faults.forEach(fault);
  const agreed = only || given('--fuzz') ? { count: 0, faults: [] } : await agreement(stage);
  agreed.faults.forEach(fault);
  console.log(
    `  ${agreed.count} cells of what three people may do, told alike by kubectl, krate and the portal`,
  );
  stage.facts.closeLive();
  const size = () => machine.memoryOfKrate();
  const sizeBefore = size();
  const fuzzed = await fuzz(stage, drawn);
  fuzzed.faults.forEach(fault);
  const rawly = await raw(stage);
  rawly.faults.forEach(fault);
  const grown = size() - sizeBefore;
  if (grown > GROWTH_BYTES) fault(`the backend grew by ${Math.round(grown / 1024 / 1024)} MiB`);
  console.log(
    `  ${fuzzed.sent} drawn requests (seed ${drawn.seed}) to ${fuzzed.operations} operations: ${JSON.stringify(fuzzed.statuses)}`,
  );

  differences(before, await takeInventory(stage)).forEach(difference =>
    fault(`after the table: ${difference}`),
  );
  const alive = await fetch(`${stage.server.url}/.backstage/health/v1/readiness`);
  if (!alive.ok) fault('the backend is not ready any more');
  const suspicious = machine.output
    .split('\n')
    .filter(line => /unhandled|Uncaught|stack overflow|heap/i.test(line));
  suspicious.forEach(line => fault(`the log says: ${line}`));
  const told = tokensIn(machine.output, stage);
  told.forEach(secret => fault(`the log tells ${secret.slice(0, 12)}…`));
  await endRun(stage.people.admin.person, stage.home, stage.run);
  console.log(
    `\n${count + pushed.count + fuzzed.sent + rawly.count} requests in ${((Date.now() - started) / 1000).toFixed(1)} s, ${failed} faults`,
  );
} finally {
  await machine.close();
}
process.exitCode = failed > 0 ? 1 : 0;

/** Secrets that people sent or were given after the start and that the log has. */
function tokensIn(output, { home, away, people }) {
  const secrets = [home.value, away.value, ...Object.values(people).map(({ token }) => token)];
  return secrets.filter(secret => output.includes(secret));
}

/** Over both ways in; the API on TLS is the same API. */
async function tryCase(stage, spec) {
  const surfaces = spec.live ? ['portal'] : ['portal', 'tls'];
  for (const over of surfaces) {
    const { request, sent, answer } = await send(stage, spec, over);
    const faults = faultsOf(stage, spec, sent, answer);
    const twin = await twinOf(stage, spec, over, sent, answer);
    if (twin) faults.push(twin);
    const line = `${String(answer.status).padEnd(4)} ${over.padEnd(7)} ${(spec.by ?? 'nobody').padEnd(7)} ${spec.why}`;
    if (faults.length === 0) console.log(`  ✓ ${line}`);
    else
      fault(
        `${line}\n      ${request.slice(0, 200)}\n${faults.map(text => `      ${text}`).join('\n')}\n      ${answer.text.slice(0, 600)}`,
      );
  }
  return surfaces.length;
}

async function send(stage, spec, over, change = text => text) {
  if (spec.live)
    return {
      request: JSON.stringify(spec.live),
      sent: JSON.stringify(spec.live),
      answer: await listenLive(stage, spec.by, spec.live),
    };
  const request = change(typeof spec.request === 'function' ? spec.request() : spec.request);
  const [method, path] = request.split(/ (.*)/s);
  const value = typeof spec.body === 'function' ? spec.body() : spec.body;
  const raw =
    value === undefined || typeof value === 'string' || Buffer.isBuffer(value)
      ? value
      : JSON.stringify(value);
  const body = typeof raw === 'string' ? change(raw) : raw;
  const authorization = spec.by && { authorization: `Bearer ${stage.people[spec.by].token}` };
  const type = body === undefined ? {} : { 'content-type': spec.type ?? 'application/json' };
  const { absolute, chunked, forMs } = spec;
  const headers = { ...type, ...authorization, ...spec.headers };
  const answer = await stage.exchange.send({ over, method, path, absolute, chunked, forMs, headers, body });
  return { request, sent: `${request}\n${raw ?? ''}\n${JSON.stringify(headers)}`, answer };
}

/** A request that names something foreign, and the same with a name of nothing: nobody may tell them apart. */
async function twinOf(stage, spec, over, sent, answer) {
  const named = foreignNames(stage, spec.by).filter(name => sent.includes(name));
  if (named.length === 0 || spec.live) return undefined;
  const swaps = named.map(name => [name, name.replace(/[0-9a-f]{8}$/, randomBytes(4).toString('hex'))]);
  const swap = text => swaps.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const twin = await send(stage, spec, over, swap);
  const [a, b] = [timeless(swap(answer.text)), timeless(twin.answer.text)];
  if (twin.answer.status === answer.status && a === b) return undefined;
  return `it tells that it exists: ${answer.status} ${a.slice(0, 300)}\n      for nothing: ${twin.answer.status} ${b.slice(0, 300)}`;
}

/** Without what differs between any two answers. */
function timeless(text) {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'U');
}
