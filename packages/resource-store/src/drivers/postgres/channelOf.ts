import { Session } from './Session';

/** The channel of a name in the current schema: channels belong to the whole database, and names are cut at 63 bytes. */
export async function channelOf(session: Session, name: string): Promise<string> {
  const [{ schema }] = await session.query<{ schema: string }>('SELECT current_schema() AS schema');
  return `${name}_${schema}`.slice(0, 63);
}
