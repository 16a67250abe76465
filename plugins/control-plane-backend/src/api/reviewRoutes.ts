import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AccessAttributes, AccessDecision, Principal, principalName } from '@krate/plugin-control-plane-node';
import { ApiError, isObject, JsonObject, Kind } from '@krate/resource-model';
import { Authorizer } from '../identity/Authorizer';
import { methodNotAllowed } from '../resources/errors';
import { ApiCall } from './ApiCall';
import { REVIEWS } from './discovery';
import { negotiate } from './negotiate';
import { readObject } from './readBody';
import { sendObject } from './respond';

/** What everybody who is somebody may read besides resources. */
const OPEN_PATHS = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  '/version',
];
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

const answers = {
  SelfSubjectAccessReview: async (call: ApiCall, spec: JsonObject) => {
    const { allowed, reason } = await decide(call, spec);
    return { spec, status: { allowed, ...(reason ? { reason } : {}) } };
  },
  SelfSubjectRulesReview: async (call: ApiCall, spec: JsonObject) => {
    const namespace = text(spec.namespace);
    if (!namespace) throw new ApiError('BadRequest', 'no namespace on request');
    const nonResourceRules = [{ verbs: ['get'], nonResourceURLs: OPEN_PATHS }];
    return {
      spec: { namespace },
      status: { resourceRules: await rules(call, namespace), nonResourceRules, incomplete: false },
    };
  },
  SelfSubjectReview: async ({ principal }: ApiCall) => ({ status: { userInfo: userInfo(principal) } }),
};

/**
 * Questions about oneself: `kubectl auth can-i` and `whoami`. The authorizer that decides on requests answers them, so that
 * the answer and a 403 cannot disagree. False when the path is no review.
 */
export async function reviewRoute(call: ApiCall, segments: readonly string[]): Promise<boolean> {
  const [root, group, version, plural] = segments;
  const review = REVIEWS.find(
    known => known.group === group && known.version === version && known.plural === plural,
  );
  if (root !== 'apis' || segments.length !== 4 || !review) return false;
  if (call.req.method !== 'POST') throw methodNotAllowed(review, call.req.method.toLowerCase());
  const { format } = negotiate(call.req.headers.accept);
  const body = await readObject(call.req);
  if (body.kind !== undefined && body.kind !== review.kind) {
    throw new ApiError('BadRequest', `expected a ${review.kind}, got "${String(body.kind)}"`);
  }
  const answer = await answers[review.kind as keyof typeof answers](
    call,
    isObject(body.spec) ? body.spec : {},
  );
  const head = {
    kind: review.kind,
    apiVersion: `${group}/${version}`,
    metadata: { creationTimestamp: null },
  };
  await sendObject(call.res, 201, { ...head, ...answer }, format);
  return true;
}

async function decide({ context, principal }: ApiCall, spec: JsonObject): Promise<AccessDecision> {
  if (isObject(spec.resourceAttributes)) {
    const { verb, group, resource, subresource, namespace, name } = spec.resourceAttributes;
    const attributes: AccessAttributes = {
      verb: text(verb) ?? '',
      group: text(group) ?? '',
      resource: text(resource) ?? '',
      subresource: text(subresource),
      namespace: text(namespace),
      name: text(name),
    };
    return context.authorizer.authorize(principal, attributes);
  }
  if (!isObject(spec.nonResourceAttributes)) {
    throw new ApiError(
      'BadRequest',
      'exactly one of resourceAttributes and nonResourceAttributes must be given',
    );
  }
  const { path, verb } = spec.nonResourceAttributes;
  const allowed =
    String(verb).toLowerCase() === 'get' && OPEN_PATHS.some(open => matches(open, String(path)));
  return {
    allowed,
    reason: allowed ? 'everybody who is signed in may read it' : 'only discovery and health are open',
  };
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/** One rule for each set of verbs that kinds of a group have in common. */
async function rules({ context, principal }: ApiCall, namespace: string): Promise<object[]> {
  // The first question reads what the store holds now, the many others stand on it.
  await context.authorizer.authorize(principal, {
    verb: 'get',
    group: '',
    resource: 'namespaces',
    name: namespace,
  });
  const grouped = new Map<string, { verbs: string[]; apiGroups: string[]; resources: string[] }>();
  for (const kind of context.kinds.all()) {
    const verbs = allowedVerbs(context.authorizer, principal, kind, namespace);
    if (verbs.length === 0) continue;
    const key = `${kind.group} ${verbs.join()}`;
    const rule = grouped.get(key) ?? { verbs, apiGroups: [kind.group], resources: [] };
    rule.resources.push(kind.plural);
    grouped.set(key, rule);
  }
  return [...grouped.values()];
}

function allowedVerbs(authorizer: Authorizer, principal: Principal, kind: Kind, namespace: string): string[] {
  if (kind.platform && namespace !== PLATFORM_NAMESPACE) return [];
  const attributes = {
    group: kind.group,
    resource: kind.plural,
    namespace: kind.clusterScoped ? undefined : namespace,
  };
  const verbs = [...VERBS, ...Object.keys(kind.actions ?? {})];
  return verbs.filter(verb => authorizer.decide(principal, { ...attributes, verb }).allowed);
}

function userInfo(principal: Principal): object {
  const username = principalName(principal);
  if (principal.type === 'anonymous') return { username, groups: ['system:unauthenticated'] };
  const groups = ['system:authenticated'];
  if (principal.type !== 'run') return { username, groups };
  const { namespace, repository, ref } = principal;
  const extra = { 'krate.a5c.ai/namespace': [namespace], 'krate.a5c.ai/repository': [repository] };
  return {
    username,
    uid: principal.uid,
    groups,
    extra: ref ? { ...extra, 'krate.a5c.ai/ref': [ref] } : extra,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}
