import { User } from '@krate/plugin-control-plane-common';
import { SSHKey } from '@krate/plugin-forge-common';
import { keyProblem } from './keyProblem';

/** Whom ssh-keygen names when the server itself has signed. */
export const SERVER_SIGNER = 'krate';

/** Who may sign commits of a repository, in the format of ssh-keygen's allowed signers. */
export function allowedSigners(facts: {
  keys: readonly SSHKey[];
  users: readonly User[];
  repository: string;
  serverKey: string;
  now: Date;
}): string {
  const lines = facts.keys
    .filter(key => key.spec.uses.includes('signing') && maySign(key, facts.repository))
    .filter(key => keyProblem(key, facts.users, facts.now) === undefined)
    .map(({ metadata, spec }) => line(spec.owner ?? metadata.name, spec.key));
  return [line(SERVER_SIGNER, facts.serverKey), ...lines].join('\n').concat('\n');
}

/** A deploy key is in the hands of a machine that only delivers. */
function maySign({ spec }: SSHKey, repository: string): boolean {
  if (spec.scope === 'automation') return spec.repositories.includes(repository);
  return spec.scope === 'user';
}

/** Without the key's comment, which is anybody's text. */
function line(signer: string, publicKey: string): string {
  const [type, blob] = publicKey.split(' ');
  return `${signer} namespaces="git" ${type} ${blob}`;
}
