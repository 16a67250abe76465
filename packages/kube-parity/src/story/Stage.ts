import { KubeClient } from '../client/KubeClient';

/** A server that the story can be told to. */
export interface Stage {
  client: KubeClient;
  /** Forgets every revision before the present one, as a compaction does. */
  forget(): Promise<void>;
}
