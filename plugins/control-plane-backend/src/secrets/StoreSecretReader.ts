import { Secret } from '@krate/plugin-control-plane-common';
import { SecretReader } from '@krate/plugin-control-plane-node';
import { ResourceStore } from '@krate/resource-store';
import { SecretForm } from './SecretForm';

/** {@link SecretReader} straight from the store, past the wire form that hides every value. */
export class StoreSecretReader implements SecretReader {
  constructor(
    private readonly store: ResourceStore,
    private readonly form: SecretForm,
  ) {}

  async readSecret(namespace: string, name: string): Promise<Readonly<Record<string, Buffer>> | undefined> {
    const stored = await this.store.get({ group: Secret.group, resource: Secret.plural, namespace, name });
    return stored && this.form.open(JSON.parse(stored.json));
  }
}
