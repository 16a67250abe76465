import { ResourceClient } from '@krate/controller-runtime';
import { SSHKey } from '@krate/plugin-forge-common';

/** Finds the SSHKey objects of all organizations by the key itself, as they are now. */
export class KeyIndex {
  private readonly byKey = new Map<string, Map<string, SSHKey>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly client: Pick<ResourceClient, 'watch' | 'get'>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Begins to follow the keys; until the first have come, nobody is known. */
  start(): void {
    this.follow().catch(error => {
      if (!this.stopping.signal.aborted) this.failed(error);
    });
  }

  stop(): void {
    this.stopping.abort();
  }

  /**
   * The objects with this key, the oldest first. Each is read again: the index may be a moment behind, and a key that was
   * revoked opens nothing from that moment on.
   *
   * @param blob the key as clients send it, in base64
   */
  async find(blob: string): Promise<SSHKey[]> {
    const candidates = [...(this.byKey.get(blob)?.values() ?? [])];
    const present = await Promise.all(
      candidates.map(({ metadata: { namespace, name } }) => this.client.get(SSHKey, { namespace, name })),
    );
    return present
      .filter((key, index) => key?.metadata.uid === candidates[index].metadata.uid)
      .map(key => key!)
      .sort((a, b) => (a.metadata.creationTimestamp! < b.metadata.creationTimestamp! ? -1 : 1));
  }

  private async follow(): Promise<void> {
    for await (const { type, object } of this.client.watch(SSHKey, { signal: this.stopping.signal })) {
      if (type === 'BOOKMARK') continue;
      const id = blobOf(object.spec.key);
      const known = this.byKey.get(id) ?? new Map<string, SSHKey>();
      if (type === 'DELETED') known.delete(object.metadata.uid);
      else known.set(object.metadata.uid, object);
      if (known.size > 0) this.byKey.set(id, known);
      else this.byKey.delete(id);
    }
  }
}

/** The key itself, which names its own type, without the comment. */
function blobOf(publicKey: string): string {
  return publicKey.split(' ')[1];
}
