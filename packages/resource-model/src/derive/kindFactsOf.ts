import { Column, Kind, Role } from '../defineKind';
import { columnsOf } from './printerColumnsOf';

/**
 * What a screen needs to know of a kind besides its schema: carried by the OpenAPI document as `x-krate-kind`, so that an
 * explorer shows kinds it was not built with.
 */
export interface KindFacts {
  plural: string;
  area: string;
  storage: Kind['storage'];
  summary: string;
  shortNames?: readonly string[];
  /** Lives in the platform namespace, shared by all organizations. */
  platform?: boolean;
  clusterScoped?: boolean;
  /** The payload stands at the top level, without `spec`. */
  flat?: boolean;
  writableBy: Role | 'system';
  readableBy?: Role;
  /** After the name, with Age. */
  columns: readonly Column[];
  selectableFields?: readonly string[];
  immutable?: readonly string[];
  /** Condition types, each with its reasons. */
  conditions?: Kind['conditions'];
  /** Objects get their name with their number; the path of the number. */
  numbered?: string;
  /** A complete manifest to begin with. */
  example?: Record<string, unknown>;
  docs?: string;
  /** Who acts on objects of the kind; empty: they are kept, and nothing follows from them. Absent: not known here. */
  controllers?: readonly string[];
}

/** The facts of a kind, without what is not declared. */
export function kindFactsOf(kind: Kind, controllers?: readonly string[]): KindFacts {
  const { plural, area, storage, summary, shortNames, platform, clusterScoped, flat } = kind;
  const facts: KindFacts = {
    ...{ plural, area, storage, summary, shortNames, platform, clusterScoped },
    flat: flat || undefined,
    writableBy: kind.writableBy,
    readableBy: kind.readableBy,
    columns: columnsOf(kind),
    selectableFields: kind.selectableFields,
    immutable: kind.immutable,
    conditions: kind.conditions,
    numbered: kind.numbered?.field,
    example: kind.examples[0],
    docs: kind.docs,
    controllers,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}
