import { ApiClient } from './ApiClient';
import { note } from './output';

/** Says, beside the data, that nothing acts on objects of a kind, which look as if somebody would come back to them. */
export async function noteUnattended(client: ApiClient, word: string): Promise<void> {
  const { kind, plural, unattended } = await client.resource(word);
  if (unattended)
    note(`No controller is installed for ${kind}: ${plural} are kept, and nothing acts on them.`);
}
