import { ApiClient } from './ApiClient';
import { note } from './output';

/** Says, beside the data, that no reconciler is installed for a kind, whose objects look as if somebody would report on them. */
export async function noteUnattended(client: ApiClient, word: string): Promise<void> {
  const { kind, plural, unattended } = await client.resource(word);
  if (unattended)
    note(
      `No controller is installed for ${kind}: ${plural} are kept as they are written, and get no status.`,
    );
}
