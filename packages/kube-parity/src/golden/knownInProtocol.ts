import { KnownDifference } from './KnownDifference';

const API = 'https://kubernetes.io/docs/reference/using-api/api-concepts/';
const CONVENTIONS =
  'https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md';

const ANYTHING = /.*/;
const WORDS = /^body\.(message|details\.causes)/;

/** Pages, streams, methods, media types, documents. */
export const KNOWN_IN_PROTOCOL: readonly KnownDifference[] = [
  {
    steps: [
      'list exactly what was, in pages',
      'list with a revision and a limit',
      'list the rest as it is now',
    ],
    paths: /remainingItemCount/,
    why: 'How many follow is counted for lists of the present, once, with the first page.',
    source:
      'ListMeta.remainingItemCount: "Clients should not rely on the remainingItemCount to be set or to be exact"',
  },
  {
    steps: ['list a page with a match'],
    paths: WORDS,
    why: 'The one reason that helps: a token says by itself which revision it belongs to.',
    source: 'wording',
  },
  {
    steps: [
      'list with a limit that is none',
      'list exactly what is forgotten',
      'watch from what is forgotten',
      'get what nobody makes',
      'get a table of nobody’s',
      'get a list as one’s metadata',
      'create from a form',
      'create from nothing',
      'options of an object',
    ],
    paths: /^body(\[0\]\.object)?\.message$/,
    why: 'The same refusal in words that say what to do, without the types of a Go program.',
    source: 'wording',
  },
  {
    steps: ['watch from a revision to come'],
    paths: ANYTHING,
    status: 504,
    why: 'A revision that was never given out is refused as it is for lists; waiting for it would hide every event until then.',
    source: `${API}#unavailable-resource-versions: "If you request a resource version that an API server does not recognize" it may answer Timeout`,
  },
  {
    steps: ['watch one by its path'],
    paths: ANYTHING,
    status: 200,
    why: 'Who asks for a watch of one object gets one; a kube-apiserver reads that path as a get.',
    source: `${API}#api-verbs: a watch of a single resource instance`,
  },
  {
    steps: ['post to an object', 'put to a collection', 'patch a collection'],
    paths: ANYTHING,
    status: 405,
    why: 'No resource has these methods there. The server of custom resources looks at the object first.',
    source: `${CONVENTIONS}#http-status-codes: 405 "the action the client attempted to perform on the resource was not supported"`,
  },
  {
    steps: ['get an unknown subresource'],
    paths: /^body\.(message|details)$/,
    why: 'The address does not exist; the object that is named does.',
    source: 'wording',
  },
  {
    steps: ['get an unknown resource', 'get an unknown version', 'get an unknown group'],
    paths: /^body$/,
    why: 'A Status, as for every other refusal, rather than a line of text.',
    source: `${CONVENTIONS}#response-status-kind: "Kubernetes will always return the Status kind from any API endpoint when an error occurs"`,
  },
  {
    steps: ['create from YAML'],
    paths: ANYTHING,
    status: 201,
    why: 'Bodies are read as YAML 1.2, where `y` is a text; 1.20 reads YAML 1.1, where it is true. kubectl sends JSON.',
    source: 'https://yaml.org/spec/1.2.2/#ext-1-1',
  },
  {
    steps: ['delete with options of another kind'],
    paths: ANYTHING,
    status: 400,
    why: 'What the request says is wrong: 400, not 500.',
    source: `${CONVENTIONS}#http-status-codes: 500 is for an "unexpected internal error"`,
  },
  {
    steps: ['read OpenAPI v2'],
    paths: /\.description$|^body\.list\.type$|\.delete\.answer\.\$ref$/,
    why: 'Descriptions are the kinds’ own, a list says that it is an object, and a Status has one definition.',
    source: 'wording',
  },
];
