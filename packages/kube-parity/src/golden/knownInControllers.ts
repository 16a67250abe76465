import { KnownDifference } from './KnownDifference';

/** Garbage collection and namespaces. */
export const KNOWN_IN_CONTROLLERS: readonly KnownDifference[] = [
  {
    steps: [
      'create what it owns',
      'create what that owns',
      'create what nobody owns',
      'create what blocks it',
      'create what does not block it',
      'get what blocks it',
      'let the blocker go',
      'create what survives it',
      'create what survives that',
      'create what both own',
      'get what has one owner left',
      'create the second of a circle',
      'close the circle',
      'delete one of the circle in the foreground',
    ],
    paths: /f:ownerReferences\.k:\{"uid":"[^"]*"\}\.(\.|f:\w+)$/,
    why: 'Since 1.21 an owner reference is owned as a whole.',
    source: 'OwnerReference: +structType=atomic (k8s.io/apimachinery/pkg/apis/meta/v1/types.go)',
  },
  {
    steps: ['create a namespace', 'delete the namespace'],
    paths: /managedFields|generation|finalizers|deletionGracePeriodSeconds/,
    why: 'A namespace is kept by a finalizer in its metadata, as every other object is, so that people see by what; it has a generation as they do.',
    source:
      'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/; Namespace.spec.finalizers is "an opaque list of values that must be empty to permanently remove object from storage"',
  },
  {
    steps: ['delete the namespace again', 'get the namespace that waits'],
    paths: /^body\.spec\.finalizers$/,
    why: 'The same.',
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
  },
];
