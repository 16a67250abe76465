import {
  ConditionTypeOf,
  Kind,
  ReasonOf,
  Resource,
  ResourceInput,
  ResourceOf,
  StatusOf,
} from '@krate/resource-model';

/**
 * What a reconciler declares to read. From each read the runtime derives the watch that wakes the reconciler, gathers
 * the value before every call and hands it over as `ctx[name]`. A reconciler sees nothing else.
 */
export type Read =
  /** The object a reference of this object names, or undefined. `path` is dotted, for example `spec.repository`. */
  | { type: 'ref'; kind: Kind; path: string }
  /** The objects a list of references names, with the names that do not exist. */
  | { type: 'refs'; kind: Kind; path: string }
  /** Objects of a kind that name this object as their controller. */
  | { type: 'owned'; kind: Kind }
  /** Objects of a kind whose reference at `path` names this object. */
  | { type: 'referring'; kind: Kind; path: string }
  /** All objects of a kind in this object's namespace. For small kinds only. */
  | { type: 'all'; kind: Kind }
  /** One object found by a name computed from this one. Any change of the kind in the namespace may wake. */
  | { type: 'named'; kind: Kind; name(object: any): string | undefined; namespace?(object: any): string }
  /** The value of a registered observer: state of the outside world, read anew before each reconcile. */
  | { type: 'observed'; observer: string };

type ReadValue<R> = R extends { type: 'ref' | 'named'; kind: infer K }
  ? ResourceOf<K> | undefined
  : R extends { type: 'refs'; kind: infer K }
    ? { items: ResourceOf<K>[]; missing: string[] }
    : R extends { type: 'owned' | 'referring' | 'all'; kind: infer K }
      ? ResourceOf<K>[]
      : any;

/** Builders for {@link Read}, so that a declaration reads as a sentence. */
export const reads = {
  ref: <K extends Kind>(kind: K, path: string) => ({ type: 'ref', kind, path }) as const,
  refs: <K extends Kind>(kind: K, path: string) => ({ type: 'refs', kind, path }) as const,
  owned: <K extends Kind>(kind: K) => ({ type: 'owned', kind }) as const,
  referring: <K extends Kind>(kind: K, path: string) => ({ type: 'referring', kind, path }) as const,
  all: <K extends Kind>(kind: K) => ({ type: 'all', kind }) as const,
  named: <K extends Kind>(
    kind: K,
    name: (object: any) => string | undefined,
    namespace?: (object: any) => string,
  ) => ({ type: 'named', kind, name, namespace }) as const,
  observed: (observer: string) => ({ type: 'observed', observer }) as const,
};

/** The state of an effect as its owner sees it. */
export interface EffectState<Outcome = any, Progress = any> {
  state: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Cancelled';
  /** What `perform` returned. */
  result?: Outcome;
  /** The newest value `perform` reported while it runs; kept after it ended. */
  progress?: Progress;
  error?: { code: string; message: string; retryable: boolean };
  /** How often `perform` was started. */
  attempts: number;
  startedAt?: string;
  finishedAt?: string;
}

/** All that a reconciler may know. `now` is fixed for the call. */
export type ReconcileContext<Reads> = { [N in keyof Reads]: ReadValue<Reads[N]> } & {
  now: Date;
  /** By effect id: the effect's name, or `name/key` where the intent has a key. Only those of the object's current uid. */
  effects: Readonly<Record<string, EffectState | undefined>>;
};

/**
 * Work on the outside world that should happen: once per uid, name and key, whatever crashes in between. The runtime
 * records the intent durably, observes, performs, stores the outcome and wakes the owner.
 */
export interface EffectIntent {
  name: string;
  /**
   * Tells apart intents of one name. Default: the object's generation, so that a changed spec is a new effect.
   * Give a key where the effect must outlive or not repeat with a spec change.
   */
  key?: string;
  /** JSON handed to the effect. Recorded with the intent; a later, different input for the same id is ignored. */
  input?: unknown;
  /** Asks a pending or running effect to stop; its state becomes Cancelled once it has. */
  cancel?: boolean;
}

type StatusInput<K> = Omit<StatusOf<K>, 'conditions' | 'observedGeneration'>;

export type ConditionUpdate<K> = {
  [T in ConditionTypeOf<K>]: {
    type: T;
    status: 'True' | 'False' | 'Unknown';
    reason: ReasonOf<K, T>;
    message: string;
  };
}[ConditionTypeOf<K>];

/** What should be true after this reconcile. All parts are optional; the runtime writes only what differs. */
export interface Result<K> {
  /** Merged over the present status, field by field; `null` removes a field. */
  status?: { [F in keyof StatusInput<K>]?: StatusInput<K>[F] | null };
  /** Set by type; transition times are the runtime's. */
  conditions?: ConditionUpdate<K>[];
  /** Children, server-side-applied with an owner reference to this object (same namespace) and this reconciler as manager. */
  apply?: { kind: Kind; object: ResourceInput<any>; owned?: false }[];
  /** Objects to delete; absent ones are fine. */
  remove?: { kind: Kind; namespace?: string; name: string }[];
  effects?: EffectIntent[];
  /** Kubernetes events about this object; repeated ones are counted, not multiplied. */
  events?: { type: 'Normal' | 'Warning'; reason: string; message: string }[];
  /** Seconds until the next call even if nothing changes. */
  requeueAfter?: number;
}

export interface Reconciler<K extends Kind = any, Reads extends Record<string, Read> = any> {
  for: K;
  /** Unique; also the field manager of what it applies. Default: the kind in lower case. */
  name: string;
  /**
   * The condition types it sets; no two reconcilers of a kind may share one. Default: all the kind declares. A kind with
   * several reconcilers needs it on each of them.
   */
  owns?: readonly ConditionTypeOf<K>[];
  reads: Reads;
  reconcile(ctx: ReconcileContext<Reads>, object: ResourceOf<K>): Result<K>;
  /**
   * Runs once deletion was asked for; `reconcile` is not called any more. The runtime holds a finalizer while this exists and releases it when the result
   * says `done`; until then effects run and children are removed as in `reconcile`.
   */
  finalize?(ctx: ReconcileContext<Reads>, object: ResourceOf<K>): Result<K> & { done: boolean };
}

/**
 * Declares a reconciler: a pure function from an object and what it declared to read to what should be true. It does no
 * I/O, reads no clock but `ctx.now`, and is called again and again; only the difference is written.
 */
export function defineReconciler<K extends Kind, const Reads extends Record<string, Read> = {}>(declaration: {
  for: K;
  name?: string;
  owns?: readonly ConditionTypeOf<K>[];
  reads?: Reads;
  reconcile(ctx: ReconcileContext<Reads>, object: ResourceOf<K>): Result<K>;
  finalize?(ctx: ReconcileContext<Reads>, object: ResourceOf<K>): Result<K> & { done: boolean };
}): Reconciler<K, Reads> {
  return {
    reads: {} as Reads,
    ...declaration,
    name: declaration.name ?? declaration.for.kind.toLowerCase(),
  };
}

/** The identity of one effect, as its adapter sees it. */
export interface EffectKey {
  /** Stable over restarts and unique to the intent: what to put into a branch name, marker or trailer. */
  id: string;
  owner: { kind: string; namespace?: string; name: string; uid: string };
}

export interface EffectContext<Progress> {
  /**
   * Aborted on cancel and on shutdown; `signal.reason` is an {@link EffectAborted} that says which. On shutdown let go of
   * outside work without ending it: the effect is observed again at the next start. May be aborted already when
   * `perform` is called: then outside work was found running and is to be stopped.
   */
  signal: AbortSignal;
  /** What an earlier `perform` of this effect reported last: where work that a restart broke off goes on. */
  progress?: Progress;
  /** Stores progress durably and wakes the owner. */
  report(progress: Progress): Promise<void>;
}

/** What `observe` found in the outside world. */
export type Observation<Outcome> =
  /** Nothing was done yet: perform. */
  | { state: 'absent' }
  /** It is under way outside this process (a detached agent): `perform` is called to take it up again. */
  | { state: 'running' }
  | { state: 'done'; result: Outcome };

/**
 * An idempotent adapter to the outside world: the only code that acts on it. `observe` runs before every `perform`, so
 * that a crash between the act and its record does not repeat the act. Execution is at least once, the outcome is
 * exactly once.
 */
export interface Effect<Input = any, Outcome = any, Progress = any> {
  name: string;
  /** How many may run at once in this process. Default 4; `Infinity` for effects that live as long as a process they hold. */
  concurrency?: number;
  /** Attempts before a retryable error is final. Default 5, with exponential back-off from 1 s. */
  maxAttempts?: number;
  observe(key: EffectKey, input: Input): Promise<Observation<Outcome>>;
  /** Throws {@link EffectError} to say whether a retry may help; any other error is retried. */
  perform(key: EffectKey, input: Input, ctx: EffectContext<Progress>): Promise<Outcome>;
}

export function defineEffect<Input, Outcome, Progress = never>(
  effect: Effect<Input, Outcome, Progress>,
): Effect<Input, Outcome, Progress> {
  return effect;
}

/** A failure an effect understands. `code` is stable and ends up in the owner's status. */
export class EffectError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryable = false,
  ) {
    super(message);
    this.name = 'EffectError';
  }
}

/** Why the signal of an effect was aborted: somebody cancelled it, or this process stops. */
export class EffectAborted extends Error {
  constructor(readonly why: 'cancel' | 'shutdown') {
    super(why === 'cancel' ? 'The effect was cancelled' : 'The process is stopping');
    this.name = 'EffectAborted';
  }
}

/** Thrown by a reconciler (or by what runs it) when trying again cannot help: no retry until something it reads changes. */
export class TerminalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TerminalError';
  }
}

/**
 * Reads a piece of the outside world for reconcilers that declare it (`reads.observed`). Called before each reconcile of
 * the object; must be cheap, must not change anything, and returns JSON. Whoever learns of a change calls `wake`.
 */
export interface Observer<K extends Kind = any, Value = any> {
  name: string;
  observe(object: ResourceOf<K>): Promise<Value>;
}

/** Asks for a reconcile of one object: a hint, safe to lose and safe to repeat. */
export type Wake = (kind: Kind, key: { namespace?: string; name: string }) => void;

export type AnyResource = Resource;
