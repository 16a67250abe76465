import { Relations } from '@krate/plugin-control-plane-common';
import { createResourceClient } from './createResourceClient';
import { apply } from './apply';
import { create } from './create';
import { remove } from './delete';
import { deleteCollection } from './deleteCollection';
import { get } from './get';
import { list } from './list';
import { relations, RelationsRequest } from './relations';
import { history } from './revisions';
import { Revision } from '../history/RevisionLog';
import { patch } from './patch';
import {
  ApplyRequest,
  CreateRequest,
  Deleted,
  DeleteCollectionRequest,
  DeleteRequest,
  GetRequest,
  Listed,
  ListRequest,
  ObjectTarget,
  PatchRequest,
  ResourceWatch,
  UpdateRequest,
  WatchRequest,
  Written,
} from './requests';
import { Served } from './Served';
import { ResourceServiceOptions, ServiceContext } from './ServiceContext';
import { together } from './together';
import { update } from './update';
import { watch } from './watch';

/*
 * The life of a write:
 *
 *   authorize → decode and prune → stamp → default → prepare → validate → admit → managed fields → seal → store, with its audit entry
 *
 * Why this order. The authorizer comes before anything is read: a stranger cannot tell 403 from 404. Pruning comes before
 * defaults, so that a misspelt field is reported and not hidden. `prepare` comes before the schema, because a reference
 * into another organization has a code of its own. Rules see an object that is valid, and have the last word on it: field
 * ownership, the generation and the question whether anything changed at all are settled after them. Every commit
 * holds its audit entry; one follows every refusal.
 *
 * What holds. Every write is compared with the version it began with; when the object moved meanwhile, a patch begins
 * again and an update that names its version is refused. A write that changes nothing takes no revision, so reconcilers
 * that repeat themselves wake nobody. Status and the rest never overwrite each other. The last finalizer removed from an
 * object under deletion removes the object.
 *
 * Every verb is a file beside this one.
 */

/** The resource API, behind HTTP and in-process clients alike. Refuses with `ApiError`. */
export class ResourceService {
  private readonly context: ServiceContext;

  constructor(private readonly options: ResourceServiceOptions) {
    const systemClient = createResourceClient(this, { type: 'system', name: 'admission' });
    this.context = { now: () => new Date(), ...options, systemClient };
  }

  get kinds() {
    return this.context.kinds;
  }

  get(request: GetRequest): Promise<Served> {
    return get(this.context, request);
  }

  list(request: ListRequest): Promise<Listed> {
    return list(this.context, request);
  }

  watch(request: WatchRequest): Promise<ResourceWatch> {
    return watch(this.context, request);
  }

  history(request: ObjectTarget): Promise<Revision[]> {
    return history(this.context, request);
  }

  relations(request: RelationsRequest): Promise<Relations> {
    return relations(this.context, request);
  }

  create(request: CreateRequest): Promise<Written> {
    return create(this.context, request);
  }

  update(request: UpdateRequest): Promise<Written> {
    return update(this.context, request);
  }

  patch(request: PatchRequest): Promise<Written> {
    return patch(this.context, request);
  }

  apply(request: ApplyRequest): Promise<Written> {
    return apply(this.context, request);
  }

  delete(request: DeleteRequest): Promise<Deleted> {
    return remove(this.context, request);
  }

  /** Does work whose writes stand all together or, when it throws or is a dry run, not at all. */
  together<T>(options: { dryRun: boolean }, work: (staged: ResourceService) => Promise<T>): Promise<T> {
    return together(this.options, options, staged => work(new ResourceService(staged)));
  }

  deleteCollection(request: DeleteCollectionRequest): Promise<Deleted[]> {
    return deleteCollection(this.context, request);
  }
}
