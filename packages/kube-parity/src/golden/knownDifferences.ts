import { KnownDifference } from './KnownDifference';
import { KNOWN_IN_CONTROLLERS } from './knownInControllers';
import { KNOWN_IN_PROTOCOL } from './knownInProtocol';

const API = 'https://kubernetes.io/docs/reference/using-api/api-concepts/';
const APPLY = 'https://kubernetes.io/docs/reference/using-api/server-side-apply/';
const CRD =
  'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/';
const CONVENTIONS =
  'https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md';
const SMD = 'sigs.k8s.io/structured-merge-diff';

const ANYTHING = /.*/;
const WORDS = /^body\.(message|details\.causes)/;

/**
 * Every entry is needed: the tests fail when one has nothing to say any more. The recorded server is 1.20, the oldest whose
 * programs can be built everywhere; much of this is what later versions changed.
 */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    steps: ['merge patch of the status', 'get the status', 'put of the status'],
    paths: /managedFields\[\d+\]\.subresource$/,
    why: 'Since 1.22 an entry says by which subresource it was made, and the subresource is part of the manager’s identity.',
    source: `${APPLY}#field-management and ObjectMeta, managedFields.subresource`,
  },
  {
    steps: ['merge patch of the status at the object'],
    paths: /managedFields|resourceVersion/,
    why: 'Since 1.22 nobody comes to own fields that a request cannot set: the status of an object with a status subresource.',
    source: `${APPLY}#field-management (fields that are reset are not owned)`,
  },
  {
    steps: ['merge patch of the object at the status'],
    paths: /managedFields|resourceVersion/,
    why: 'The same the other way round: whoever writes the status owns none of the spec and the labels that were ignored.',
    source: `${CRD}#status-subresource: "PUT requests to the /status subresource … ignore changes to anything except the status stanza"`,
  },
  {
    steps: ['apply of the status'],
    paths: ANYTHING,
    status: 200,
    why: 'The conflict is about a spec that the status subresource ignores; 1.20 lets the status writer own it.',
    source: `${CRD}#status-subresource`,
  },
  {
    steps: ['merge patch after that'],
    paths: /^body\.metadata\.managedFields\[0\]\.fieldsV1\.f:spec\.f:settings\./,
    why: 'A manager whose last key of a map was taken keeps the map alone. The library reads that as a map that used to be atomic and gives it every key that others set later; Krate does not.',
    source: `${APPLY}#compatibility-across-toplogy-changes; ${SMD} typed/reconcile_schema.go`,
  },
  {
    steps: ['put of another uid'],
    paths: WORDS,
    why: 'The same refusal without the storage error of etcd around it.',
    source: 'wording',
  },
  {
    steps: ['put of no revision'],
    paths: ANYTHING,
    status: 200,
    why: 'Krate takes an update without a revision as unconditional for every kind, as Kubernetes does for most of its own; custom resources there refuse it.',
    source: `${CONVENTIONS}#concurrency-control-and-consistency`,
  },
  {
    steps: [
      'apply of the same key twice',
      'apply of an item without its key',
      'apply of the same element twice',
      'apply of a wrong type',
    ],
    paths: ANYTHING,
    status: 422,
    why: 'A configuration that is wrong is its author’s fault: 422 with the field, not 500.',
    source: `${CONVENTIONS}#http-status-codes: 422 for "invalid data provided as part of the request"`,
  },
  {
    steps: ['apply that drops all of a map'],
    paths: ANYTHING,
    status: 200,
    why: '1.20 leaves a null behind and then refuses it.',
    source: `${APPLY}#field-management: "If you remove a field from a manifest and apply that manifest … it is either deleted from the live object or reset to its default value"`,
  },
  {
    steps: ['apply of an empty map'],
    paths: /managedFields/,
    why: 'Later versions let an empty map and a null be owned by whoever applies them.',
    source: `${SMD} typed/tofieldset.go, visitMapItems (v4.0.2 does not, v6 does)`,
  },
  {
    steps: ['apply to the updated set', 'apply of the set in another order'],
    paths: /generation|resourceVersion|spec\.tags/,
    why: 'Later versions take the order of the applied list; 1.20 keeps the order of the live one.',
    source: `${SMD} "Prefer rhs ordering while merging list" (#203)`,
  },
  {
    steps: ['apply of an explicit null'],
    paths: ANYTHING,
    status: 201,
    why: 'A null where none may be is taken out before defaulting; 1.20 does that for fields with a default only.',
    source: `${CRD}#defaulting-and-nullable: null values "will be pruned before defaulting happens"`,
  },
  {
    steps: [
      'create with a revision',
      'list a revision that is none',
      'watch from no revision',
      'apply without a kind',
    ],
    paths: ANYTHING,
    status: 400,
    why: 'What the request says is wrong: 400, not 500.',
    source: `${CONVENTIONS}#http-status-codes: 500 is for an "unexpected internal error"`,
  },
  {
    steps: ['create of another kind', 'merge patch that is no object'],
    paths: ANYTHING,
    status: 400,
    why: 'A body that does not fit its address is a bad request; the fields of an object are not reached.',
    source: `${CONVENTIONS}#http-status-codes: 400 "indicates the requested is invalid"`,
  },
  {
    steps: ['create with invalid values', 'create with items twice'],
    paths: WORDS,
    why: 'Later versions name the item (`spec.ports[0].port`), tell wrong types apart (FieldValueTypeInvalid) and write values as JSON.',
    source: 'wording',
  },
  {
    steps: ['create with an unknown field'],
    paths: /^warnings$/,
    why: 'Since 1.25 unknown fields are warned about, or refused under fieldValidation=Strict.',
    source: `${API}#setting-the-field-validation-level`,
  },
  {
    steps: ['apply of an unknown field'],
    paths: ANYTHING,
    status: 200,
    why: 'An unknown field is warned about as in every other write, and refused under fieldValidation=Strict, which kubectl asks for.',
    source: `${API}#setting-the-field-validation-level`,
  },
  {
    steps: ['apply as YAML', 'try to patch', 'get what was only tried'],
    paths: /resourceVersion/,
    why: 'One revision more: the apply of an unknown field before was taken.',
    source: 'follows from it',
  },
  {
    steps: [
      'create from what is no JSON',
      'create from a list',
      'create from another media type',
      'apply of what is no YAML',
      'list by a bad label selector',
      'list by a field nobody may select',
      'list on a token that is none',
      'list in a form nobody speaks',
      'JSON patch that is no list',
    ],
    paths: /^body\.message$/,
    why: 'The same refusal in words that say what to do, without the types of a Go program.',
    source: 'wording',
  },
  {
    steps: ['JSON patch whose test fails', 'JSON patch into nothing', 'JSON patch of no known operation'],
    paths: /^body\.(message|details)$/,
    why: 'The same refusal, and it says what is wrong with the patch.',
    source: 'wording',
  },
  {
    steps: ['merge patch of another uid'],
    paths: ANYTHING,
    status: 409,
    why: 'The object that was meant is another one: a conflict, as a PUT of another uid answers.',
    source: `${CONVENTIONS}#http-status-codes: 409 for "a conflict"`,
  },
  {
    steps: ['apply of a revision to what is not there', 'apply of a uid to what is not there'],
    paths: ANYTHING,
    status: 409,
    why: 'Whoever names a revision or a uid means an object that exists; making a new one would be wrong.',
    source: `${CONVENTIONS}#http-status-codes: 409 for "a conflict"`,
  },
  {
    steps: ['hold what is going once more'],
    paths: /causes\[1\]/,
    why: '1.20 says the same thing twice.',
    source: 'wording',
  },
  {
    steps: ['let it go', 'let the blocker go'],
    paths: /resourceVersion/,
    why: 'The answer has the revision of the deletion, which watches show too.',
    source: `${API}#efficient-detection-of-changes`,
  },
  {
    steps: [
      'delete a part of the collection',
      'delete the rest of the collection',
      'delete them',
      'try to delete the collection',
    ],
    paths: /resourceVersion/,
    why: 'The same, for each of them. The list has no revision of its own, since each deletion has one.',
    source: `${API}#efficient-detection-of-changes`,
  },
  {
    steps: ['list as a table', 'list a table without objects', 'watch as a table', 'get one as a table'],
    paths: /columnDefinitions\[\d+\]\.description$/,
    why: 'Descriptions for people; Krate’s are those the kind gives.',
    source: `${API}#receiving-resources-as-tables`,
  },
  {
    steps: ['watch with bookmarks'],
    paths: /^body\[0\]$/,
    why: 'Krate sends a bookmark within this time and the recorded server none.',
    source:
      'ListOptions.allowWatchBookmarks: "Clients should not assume bookmarks are returned at any specific interval, nor may they assume the server will send any BOOKMARK event during a session"',
  },
  ...KNOWN_IN_PROTOCOL,
  ...KNOWN_IN_CONTROLLERS,
];
