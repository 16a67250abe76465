import { randomInt, randomUUID } from 'node:crypto';
import { ApiError, structuralSchemaOf } from '@krate/resource-model';
import { Expectation, StoredObject, StoreError, WriteOperation } from '@krate/resource-store';
import { trackUpdate } from '../managedFields';
import { managerOf, validateAndAdmit } from './admit';
import { authorize, writeRecorded } from './authorize';
import { decode, Decoded } from './decode';
import { draftOf, keyOf } from './draft';
import { alreadyExists, fromStoreError } from './errors';
import { seal, toWire, wireForm } from './forms';
import { assertNamespaceTakes, withPhase } from './namespaces';
import { counterOf, numbered, withoutNumber } from './numbering';
import { CollectionTarget, CreateRequest, WriteOptions, Written } from './requests';
import { ServiceContext, timestamp } from './ServiceContext';
import { metadataOf, WireObject } from './WireObject';

/** Characters of generated names: no vowels (no words), no lookalikes; as in Kubernetes. */
const NAME_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789';
const GENERATED_LENGTH = 5;
/** What a generated name may take altogether. */
const NAME_LIMIT = 63;
/** How often a generated name that is taken is drawn again. */
const NAME_DRAWS = 8;

/** POST on a collection. */
export async function create(context: ServiceContext, request: CreateRequest): Promise<Written> {
  const name = metadataOf(request.object).name as string | undefined;
  await authorize(context, { ...request, name: undefined }, 'create');
  const decoded = decode({ ...request, name }, request.object, request);
  if (decoded.object.metadata.resourceVersion) {
    throw new ApiError('BadRequest', 'resourceVersion should not be set on objects to be created');
  }
  const object = await insert(context, { target: request, decoded, verb: 'create' });
  return { object, created: true, warnings: decoded.warnings };
}

/** An object that does not exist yet, decoded, on its way into the store. */
export interface Insertion {
  target: CollectionTarget & WriteOptions;
  decoded: Decoded;
  verb: 'create' | 'apply';
  /** The managedFields are made already. */
  managed?: boolean;
}

/** Stamps, admits and stores a new object. Rejects with AlreadyExists. */
export async function insert(context: ServiceContext, insertion: Insertion): Promise<WireObject> {
  const { target, decoded, verb } = insertion;
  const { kind } = target;
  const stamped = stamp(context, insertion, decoded.object);
  await assertNamespaceTakes(context, { ...target, name: stamped.metadata.name ?? '' });
  const pending = { target, operation: 'create', verb, object: stamped } as const;
  const { object, expects } = await validateAndAdmit(context, pending);
  if (!insertion.managed) track(context, insertion, object);
  if (target.dryRun) return rehearse(context, insertion, object);

  const stored = await store(context, insertion, withPhase(kind, object), expects);
  return wireForm(context.storedForm, kind, stored);
}

/** What only the server may say about a new object. Status is never taken from a create. */
function stamp(context: ServiceContext, { target, managed }: Insertion, object: WireObject): WireObject {
  const { status: _, ...rest } = withoutNumber(target.kind, object);
  const {
    resourceVersion: _rv,
    deletionTimestamp: _dt,
    deletionGracePeriodSeconds: _gp,
    ...given
  } = object.metadata;
  const metadata = {
    ...given,
    ...(given.name ? {} : nameless(target, object)),
    uid: randomUUID(),
    generation: 1,
    creationTimestamp: timestamp(context),
  };
  if (!managed) delete metadata.managedFields;
  return { ...rest, metadata } as WireObject;
}

/** A name from generateName; a numbered kind gets its name with its number, until then it has a prefix only. */
function nameless(target: CollectionTarget, object: WireObject): { name?: string; generateName?: string } {
  const { generateName } = object.metadata;
  if (generateName) return { name: generatedName(String(generateName)) };
  const counter = counterOf(target, object);
  return counter ? { generateName: `${counter.value}-` } : {};
}

function generatedName(prefix: string): string {
  const draw = () => NAME_CHARACTERS[randomInt(NAME_CHARACTERS.length)];
  return (
    prefix.slice(0, NAME_LIMIT - GENERATED_LENGTH) + Array.from({ length: GENERATED_LENGTH }, draw).join('')
  );
}

function track(context: ServiceContext, { target }: Insertion, object: WireObject): void {
  const managedFields = trackUpdate({
    schema: structuralSchemaOf(target.kind),
    after: seal(context.storedForm, target.kind, object),
    apiVersion: target.kind.apiVersion,
    manager: managerOf(target),
    time: timestamp(context),
  });
  if (managedFields.length > 0) object.metadata.managedFields = managedFields;
  else delete object.metadata.managedFields;
}

/** A dry run refuses what a real one would, and takes no number. */
async function rehearse(
  context: ServiceContext,
  { target }: Insertion,
  object: WireObject,
): Promise<WireObject> {
  const { name } = object.metadata;
  const answer = toWire(context.storedForm, target.kind, seal(context.storedForm, target.kind, object));
  if (!name) return answer;
  if (await context.store.get(keyOf(target.kind, target.namespace, name)))
    throw alreadyExists(target.kind, name);
  draftOf(object);
  return answer;
}

async function store(
  context: ServiceContext,
  insertion: Insertion,
  object: WireObject,
  expects: readonly Expectation[],
): Promise<StoredObject> {
  const { verb, target } = insertion;
  const { kind, principal, namespace } = target;
  const generated = insertion.decoded.object.metadata.name ? undefined : object.metadata.generateName;
  const isDrawn = generated !== undefined && object.metadata.name !== undefined;
  let next = object;
  for (let draw = 1; ; draw += 1) {
    try {
      const mutation = { principal, verb, kind, namespace };
      const creation = operation(context, target, next);
      return (await writeRecorded(context, mutation, creation, expects)).object;
    } catch (error) {
      const taken = error instanceof StoreError && error.code === 'already-exists';
      if (!taken || !isDrawn || draw === NAME_DRAWS)
        throw fromStoreError(error, kind, takenName(error, next));
      next = { ...next, metadata: { ...next.metadata, name: generatedName(String(generated)) } };
    }
  }
}

function takenName(error: unknown, object: WireObject): string {
  return (error instanceof StoreError && error.key?.name) || object.metadata.name || '';
}

function operation(context: ServiceContext, target: CollectionTarget, object: WireObject): WriteOperation {
  const { kind, namespace } = target;
  const sealed = seal(context.storedForm, kind, object);
  const counter = counterOf(target, object);
  const plain = {
    type: 'create',
    key: keyOf(kind, namespace, sealed.metadata.name ?? ''),
    draft: draftOf(sealed),
  } as const;
  if (!counter) return plain;
  const assign = (value: number) => {
    const named = numbered(kind, sealed, counter.value, value);
    return { key: keyOf(kind, namespace, named.metadata.name ?? ''), draft: draftOf(named) };
  };
  // The store checks the key it is given too; the real one is made in the transaction.
  return {
    ...plain,
    key: { ...plain.key, name: plain.key.name || `${counter.value}-0` },
    number: { counter: counter.name, assign },
  };
}
