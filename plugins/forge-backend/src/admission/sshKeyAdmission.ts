import { BACKSTAGE_PROVIDER, IdentityMapping } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, AdmissionRule } from '@krate/plugin-control-plane-node';
import { Repository, RepositoryPermission, SSHKey } from '@krate/plugin-forge-common';
import { describeKey } from '../keys/describeKey';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof SSHKey>;

/** Keys that can be read, once each, and given only by who may: a person for themselves, admins for machines. */
export const sshKeyAdmission: AdmissionRule<typeof SSHKey> = {
  name: 'forge-ssh-key',
  kinds: [SSHKey],
  operations: ['create', 'update'],
  async admit(request) {
    if (request.operation === 'create') {
      admitKey(request);
      await admitOnce(request);
    }
    await admitScope(request);
  },
};

function admitKey({ object }: Request): void {
  const key = describeKey(object.spec.key);
  if (key.state === 'unreadable')
    throw invalid(
      'KEY_UNREADABLE',
      'spec.key',
      'This is not a whole public key; copy the line of the .pub file',
    );
  if (key.tooWeak)
    throw invalid(
      'KEY_TOO_WEAK',
      'spec.key',
      `${key.keyType} is too short; make one with ssh-keygen -t ed25519`,
    );
}

async function admitOnce({ object, namespace, client }: Request): Promise<void> {
  const blob = (key: string) => key.split(' ')[1];
  const { items } = await client.list(SSHKey, { namespace });
  if (items.some(({ spec }) => blob(spec.key) === blob(object.spec.key)))
    throw invalid('KEY_DUPLICATE', 'spec.key', 'This key is registered in the organization already');
}

async function admitScope(request: Request): Promise<void> {
  const { object, oldObject, principal, allows } = request;
  const { scope, owner, repository, repositories } = object.spec;
  if (scope === 'user') {
    object.spec.owner = oldObject?.spec.owner ?? owner ?? (await memberOf(request));
    // Whoever adds a key in another's name can come in as that other.
    const own =
      oldObject !== undefined ||
      principal.type === 'system' ||
      object.spec.owner === (await memberOf(request));
    if (!own) throw forbidden('OWN_KEY_ONLY', 'A person’s key is added by that person', 'spec.owner');
    return;
  }
  if (scope === 'deploy') {
    if (!repository)
      throw invalid('REPOSITORY_REQUIRED', 'spec.repository', 'A deploy key names its repository');
    if (!allows('update', Repository, repository))
      throw forbidden(
        'REPOSITORY_ADMIN_REQUIRED',
        'Deploy keys are given by who may change the repository',
        'spec.repository',
      );
    return;
  }
  if (!allows('create', RepositoryPermission))
    throw forbidden(
      'ADMIN_REQUIRED',
      'Keys of automations are given by admins of the organization',
      'spec.scope',
    );
  if (repositories.length === 0)
    throw invalid('REPOSITORY_REQUIRED', 'spec.repositories', 'Name the repositories that the key opens');
}

/** The User that the caller is in the organization. */
async function memberOf({ principal, client, namespace }: Request): Promise<string | undefined> {
  if (principal.type !== 'user') return undefined;
  const { items } = await client.list(IdentityMapping, { namespace });
  return items.find(({ spec }) => spec.provider === BACKSTAGE_PROVIDER && spec.subject === principal.name)
    ?.spec.user;
}
