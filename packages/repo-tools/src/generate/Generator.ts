import { Kind } from '@krate/resource-model';
import { ControllersOf } from './readControllers';

/** A file as it should be. */
export interface GeneratedFile {
  /** From the root of the repository. */
  path: string;
  content: string;
}

/** Makes one artefact. The same kinds and reconcilers give the same bytes, on every machine. */
export interface Generator {
  /** What it makes, for messages. */
  name: string;
  /** A folder that holds nothing but its files, so that what is left over there can be told and removed. */
  owns?: string;
  files(kinds: readonly Kind[], controllersOf: ControllersOf): GeneratedFile[] | Promise<GeneratedFile[]>;
}
