import { z } from 'zod';
import { Condition, Resource } from './resource';
import { ValidationRule } from './ValidationRule';

/** The API group of every kind Krate owns. */
export const KRATE_GROUP = 'krate.a5c.ai';
/** The version all of them are at. */
export const KRATE_VERSION = 'v1alpha1';

/** Organization roles, weakest first; each includes the ones before it. */
export const ROLES = ['viewer', 'developer', 'maintainer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * How long objects of a kind live and how many there are (architecture decision 7).
 * `config`: kept for ever, low volume, mirrored in the catalog. `record`: high volume, retained for a time, not mirrored.
 */
export type StorageClass = 'config' | 'record';

/** A column of `kubectl get` and of every table on screen; the value is at `path`, or is the status of a condition. */
export type Column = {
  name: string;
  /** 0 is always shown; greater is shown by `-o wide` and left out of narrow tables. */
  priority?: number;
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  description?: string;
} & ({ path: string } | { condition: string });

/**
 * Something a person does to an object, expressed as a field they set. Admission asks the authorizer for the verb,
 * stamps who and when from the caller, and forbids a later change.
 */
export interface KindAction {
  /** Dotted path of the field, for example `spec.decision`. */
  field: string;
  /** Dotted paths that the server fills with the caller's name and the time; a caller's own value is overwritten. */
  by: string;
  at: string;
  /** The least organization role that may do it. */
  role: Role;
  /** Further fields that the same write may set, by people whose role is for the action only (a comment). */
  with?: readonly string[];
  /** The field may be set anew, each time authorized and stamped again (a merge that was refused). */
  repeatable?: boolean;
}

/** How objects of a `config` kind appear in the catalog; absent means not mirrored. */
export interface CatalogForm {
  /** A Backstage kind (`Component`, `Group`, `User`, `System`, `API`, `Resource`) or, when absent, Krate's own kind and apiVersion. */
  as?: 'Component' | 'Group' | 'User' | 'System' | 'API' | 'Resource';
  /** The entity's `spec.type`. */
  type?: string;
}

/** When an object of a `record` kind has served its time. What it owns goes with it. */
export interface Retention {
  /** Dotted path of the time from which it counts, for example `status.finishedAt`. Without a value there the object stays. */
  since: string;
  /** How long after that it is kept, unless the configuration says otherwise. */
  days: number;
}

/** Numbers objects from one counter per value of `counter`, taken in the transaction of the create. */
export interface Numbering {
  /** Dotted path whose value picks the counter, for example `spec.repository`. */
  counter: string;
  /** Name of the counter family; kinds that share it share numbers (pull requests and issues). */
  family: string;
  /** Dotted path that receives the number. The object is named `<counter value>-<number>` when it has no name. */
  field: string;
}

type Shape = z.ZodObject;
type Inferred<S> = S extends z.ZodType ? z.output<S> : never;
export type ConditionReasons = Readonly<Record<string, readonly string[]>>;

/** Everything a kind says about itself. All else (types, CRD, OpenAPI, columns, forms, docs) is derived from it. */
export interface KindDeclaration<
  Spec extends Shape = Shape,
  Status extends Shape = Shape,
  Reasons extends ConditionReasons = ConditionReasons,
> {
  kind: string;
  plural: string;
  group?: string;
  version?: string;
  shortNames?: readonly string[];
  categories?: readonly string[];
  /** Which plugin pair owns the kind. */
  area: string;
  storage: StorageClass;
  /** Absent for objects that are kept until somebody deletes them. */
  retention?: Retention;
  /** One sentence of what it is for, shown wherever the kind is. */
  summary: string;
  /** Lives in the platform namespace `krate-system` and is addressed from every organization. */
  platform?: boolean;
  /** Not in a namespace at all (core Namespace). */
  clusterScoped?: boolean;
  /** The least organization role that may create, change and delete objects. Reading needs `viewer` unless `readableBy` says more. */
  writableBy: Role | 'system';
  readableBy?: Role;
  spec: Spec;
  status?: Status;
  /** Condition types, each with every reason a reconciler may give. A reason is `UpperCamelCase`. */
  conditions?: Reasons;
  columns?: readonly Column[];
  /** Dotted paths that a field selector may name besides `metadata.name` and `metadata.namespace`. */
  selectableFields?: readonly string[];
  /** Dotted paths under `spec` that no update may change. */
  immutable?: readonly string[];
  actions?: Readonly<Record<string, KindAction>>;
  /**
   * Rules in CEL on the whole object, of whose metadata they see the name; rules on a part of it stand at that part, as
   * `x-kubernetes-validations` of its schema.
   */
  rules?: readonly ValidationRule[];
  /**
   * Dotted path that the server fills with the caller's name on create and keeps ever after; a caller's own value is
   * overwritten. Only the system may name somebody else, on whose behalf it writes.
   */
  author?: string;
  numbered?: Numbering;
  catalog?: CatalogForm;
  /** Complete manifests; they are documentation, test data and form templates at once. */
  examples: readonly Record<string, unknown>[];
  /** Markdown: what a reader needs to know beyond the fields. */
  docs?: string;
  /** Core kinds keep their payload at the top level (Secret `data`, Event `involvedObject`): then `spec` is that payload's schema. */
  flat?: boolean;
}

/** A declared kind: the declaration with its defaults filled in, and nothing else. */
export type Kind<
  Spec extends Shape = Shape,
  Status extends Shape = Shape,
  Reasons extends ConditionReasons = ConditionReasons,
> = KindDeclaration<Spec, Status, Reasons> & {
  group: string;
  version: string;
  apiVersion: string;
  /** `plural.group`, the name Kubernetes knows the resource by; for core kinds just the plural. */
  resource: string;
  statusSchema: z.ZodObject;
};

type ReasonsOf<K> = K extends Kind<any, any, infer R> ? R : never;
/** The condition types a kind declares. */
export type ConditionTypeOf<K> = Extract<keyof ReasonsOf<K>, string>;
/** The reasons a kind declares for one of its condition types. */
export type ReasonOf<K, T extends string = ConditionTypeOf<K>> = T extends keyof ReasonsOf<K>
  ? ReasonsOf<K>[T][number]
  : never;
export type SpecOf<K> =
  K extends Kind<infer S, any, any> ? Inferred<S> & { organizationRef?: string } : never;
export type StatusOf<K> =
  K extends Kind<any, infer S, any>
    ? Partial<Inferred<S>> & {
        observedGeneration?: number;
        conditions?: Condition<ConditionTypeOf<K>>[];
      }
    : never;
/** The TypeScript type of a kind's objects: `type Repository = ResourceOf<typeof Repository>`. */
export type ResourceOf<K> = K extends { flat: true }
  ? Omit<Resource, 'spec'> & (K extends Kind<infer S, any, any> ? Inferred<S> : never)
  : Resource<SpecOf<K>, StatusOf<K>>;

const conditionSchema = z.object({
  type: z.string().max(316).describe('What is judged: one of the condition types of the kind.'),
  status: z
    .enum(['True', 'False', 'Unknown'])
    .describe('Whether it holds; `Unknown` as long as the controller cannot tell.'),
  reason: z.string().max(1024).describe('Why, in one word that programs may rely on.'),
  message: z.string().max(32768).describe('Why, in a sentence for people.'),
  observedGeneration: z.int().optional().describe('The `metadata.generation` that the controller looked at.'),
  lastTransitionTime: z.iso.datetime({ offset: true }).describe('When `status` last changed.'),
});

/**
 * Declares a kind. The declaration is the single source of its types, validation, CRD, OpenAPI, columns, forms, catalog
 * form and reference docs; {@link structuralSchemaOf} refuses what cannot become a structural schema.
 */
export function defineKind<
  Spec extends Shape,
  Status extends Shape = z.ZodObject<{}>,
  const Reasons extends ConditionReasons = {},
  const Flat extends boolean = false,
>(
  declaration: KindDeclaration<Spec, Status, Reasons> & { flat?: Flat },
): Kind<Spec, Status, Reasons> & { flat: Flat } {
  const group = declaration.group ?? KRATE_GROUP;
  const version = declaration.version ?? KRATE_VERSION;
  const statusShape = declaration.status?.shape ?? {};
  return {
    ...declaration,
    flat: (declaration.flat ?? false) as Flat,
    group,
    version,
    apiVersion: group ? `${group}/${version}` : version,
    resource: group ? `${declaration.plural}.${group}` : declaration.plural,
    statusSchema: z.object({
      ...statusShape,
      observedGeneration: z
        .int()
        .optional()
        .describe(
          'The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.',
        ),
      conditions: z
        .array(conditionSchema)
        .optional()
        .describe('What the controller found, one entry of each type.')
        .meta({
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['type'],
        }),
    }),
  };
}
