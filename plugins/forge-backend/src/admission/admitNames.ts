import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { isRepositoryName } from '@krate/plugin-forge-node';
import { namesOf } from '../repositories/findRepository';
import { invalid } from './refuse';

/** Each name leads to one repository, and a name that was once given keeps leading there. */
export async function admitNames({
  object,
  oldObject,
  namespace,
  client,
}: AdmissionRequest<typeof Repository>): Promise<void> {
  const { metadata, spec } = object;
  const before = oldObject?.spec;
  const passed = [...(before?.formerNames ?? []), ...(before?.renamedTo ? [before.renamedTo] : [])];
  spec.formerNames = [...new Set(passed)].filter(name => name !== spec.renamedTo && name !== metadata.name);
  if (spec.renamedTo === metadata.name) delete spec.renamedTo;
  if (oldObject && spec.renamedTo === before?.renamedTo) return;
  if (spec.renamedTo && !isRepositoryName(spec.renamedTo))
    throw invalid(
      'REPOSITORY_NAME_INVALID',
      'spec.renamedTo',
      'A repository’s name does not end in .git or .lock',
    );
  const name = spec.renamedTo ?? metadata.name;
  const { items } = await client.list(Repository, { namespace });
  const other = items.find(item => item.metadata.name !== metadata.name && namesOf(item).includes(name));
  if (other) {
    const field = spec.renamedTo ? 'spec.renamedTo' : 'metadata.name';
    throw invalid('REPOSITORY_NAME_TAKEN', field, `${name} leads to another repository of the organization`);
  }
}
