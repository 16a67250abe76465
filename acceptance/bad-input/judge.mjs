/** What is wrong with an answer: not what was expected, or more than its reader may know. */
import { parse } from './stage.mjs';

export function faultsOf(stage, spec, sent, answer) {
  return [
    ...unexpected(spec.want, answer, parse(answer.text)),
    ...leaks(stage, spec, sent, answer),
    ...unexplained(answer),
  ];
}

function unexpected(want, answer, json) {
  const { status, reason, code, field, message, check } =
    typeof want === 'object' && !Array.isArray(want) ? want : { status: want };
  const faults = [];
  if (![status].flat().includes(answer.status)) faults.push(`status ${answer.status}, expected ${status}`);
  if (reason && json?.reason !== reason) faults.push(`reason ${json?.reason}, expected ${reason}`);
  const causes = json?.details?.causes ?? [];
  if (code && !causes.some(cause => cause.reason === code)) faults.push(`no cause ${code}`);
  if (field && !causes.some(cause => cause.field === field)) faults.push(`no cause at ${field}`);
  if (message && !message.test(json?.message ?? answer.text)) faults.push(`the message is not ${message}`);
  const problem = check && faults.length === 0 && check(json, answer);
  if (problem) faults.push(problem);
  return faults;
}

/** A refusal says what is wrong, and a failure of the server is always a fault. */
function unexplained(answer) {
  if (answer.status >= 500 && answer.status !== 504) return [`the server failed: ${answer.status}`];
  // 431 comes from Node's own parser, before there is anybody to explain.
  if (answer.status >= 400 && answer.status !== 431 && answer.text.trim() === '')
    return ['a refusal without a word'];
  const insides = answer.text.match(
    /\bat .+\.(ts|js|mjs|cjs):\d+|node_modules|SQLITE_|\/home\/|\/data\/repositories/,
  );
  return insides ? [`it tells of the server's insides: ${insides[0]}`] : [];
}

const NAMES = ['org', 'repository', 'secret', 'pullRequest', 'protection', 'content'];
const HOME = ['ann', 'max', 'dev', 'vic'];

/** The names that somebody must not hear. */
export function foreignNames({ home, away }, by) {
  if (by === 'admin') return [];
  const strange = HOME.includes(by) ? [away] : by === 'noa' ? [home] : [home, away];
  return strange.flatMap(place => NAMES.map(name => place[name]));
}

/** Secret values and tokens are for nobody; names are only for members, and for whoever said them first. */
function leaks(stage, { by, mayTell = [] }, sent, answer) {
  const told = `${answer.text}\n${JSON.stringify(answer.headers)}`;
  const values = [stage.home.value, stage.away.value].flatMap(value => [
    value,
    Buffer.from(value).toString('base64'),
  ]);
  const tokens = Object.values(stage.people).map(({ token }) => token);
  const unsaid = [...values, ...tokens, ...foreignNames(stage, by)].filter(text => !sent.includes(text));
  return unsaid
    .filter(text => told.includes(text) && !mayTell.includes(text))
    .map(text => `it tells "${text}"`);
}
