import { Observer } from '@krate/controller-runtime';
import { SSHKey } from '@krate/plugin-forge-common';
import { KeyUse } from '../ssh/KeyUse';

export interface SshKeyUseState {
  lastUsedAt?: string;
}

/** When an SSH key last opened a repository. */
export function sshKeyUseObserver(use: KeyUse): Observer<typeof SSHKey, SshKeyUseState> {
  return {
    name: 'ssh-key-use',
    observe: async ({ metadata }) => ({ lastUsedAt: (await use.lastUsed(metadata.uid))?.toISOString() }),
  };
}
