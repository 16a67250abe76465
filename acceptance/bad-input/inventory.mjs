/** What is stored: every object of every kind, without what controllers and clocks change by themselves. */
import { ask } from './stage.mjs';

/** Events tell what controllers did; everything else here only changes when somebody writes it. */
const MOVING = ['events'];

export async function takeInventory(stage) {
  const found = new Map();
  for (const path of ['/api/v1', '/apis/krate.a5c.ai/v1alpha1']) {
    const { json } = await ask(stage, 'admin', path);
    const plurals = json.resources
      .map(({ name }) => name)
      .filter(name => !name.includes('/') && !MOVING.includes(name));
    for (const plural of plurals) {
      const list = await ask(stage, 'admin', `${path}/${plural}`);
      for (const item of list.json?.items ?? []) {
        const { name, namespace = '' } = item.metadata;
        found.set(`${plural} ${namespace}/${name}`, JSON.stringify(desired(item)));
      }
    }
  }
  return found;
}

function desired({ status: _status, metadata, ...rest }) {
  const { resourceVersion: _rv, managedFields: _mf, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

/** One line for every object that came, went or became another. */
export function differences(before, after) {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap(name => {
    if (!before.has(name)) return [`${name} was stored: ${after.get(name).slice(0, 400)}`];
    if (!after.has(name)) return [`${name} is gone`];
    return before.get(name) === after.get(name)
      ? []
      : [`${name} changed from\n    ${before.get(name)}\n  to\n    ${after.get(name)}`];
  });
}
