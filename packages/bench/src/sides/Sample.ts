import { randomUUID } from 'node:crypto';
import { defineKind } from '@krate/resource-model';
import { ObjectDraft, ObjectKey } from '@krate/resource-store';
import { z } from 'zod';

/** The kind of everything that is measured; an ordinary one, with a default, a rule and a list. */
export const Sample = defineKind({
  kind: 'Sample',
  plural: 'samples',
  area: 'bench',
  storage: 'config',
  summary: 'Something to be measured.',
  writableBy: 'developer',
  spec: z.object({
    title: z.string().min(1),
    size: z.int().min(1).max(10).default(3),
    notes: z.string().optional(),
    steps: z.array(z.string()).default([]),
  }),
  conditions: { Ready: ['Available'] },
  selectableFields: ['spec.title'],
  catalog: { as: 'Component', type: 'sample' },
  examples: [],
});

export const ORGANIZATION = 'bench';
export const NAMESPACE = `krate-org-${ORGANIZATION}`;
/** What one object takes on disk, in characters. */
export const OBJECT_SIZE = 1024;

/** A manifest as a client sends it; together with what the server adds it is about {@link OBJECT_SIZE}. */
export function manifestOf(name: string) {
  return {
    apiVersion: Sample.apiVersion,
    kind: Sample.kind,
    metadata: { name, namespace: NAMESPACE },
    spec: { title: name, steps: ['build', 'test'], notes: 'n'.repeat(320) },
  };
}

/** An object as the store takes it, of exactly {@link OBJECT_SIZE} characters without its revision. */
export function draftOf(name: string, labels: Record<string, string> = {}): ObjectDraft {
  const uid = randomUUID();
  const object = {
    apiVersion: Sample.apiVersion,
    kind: Sample.kind,
    metadata: {
      name,
      namespace: NAMESPACE,
      uid,
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
    },
    spec: { title: name, size: 3, steps: [], notes: '' },
  };
  const missing = OBJECT_SIZE - JSON.stringify(object).length;
  object.spec.notes = 'n'.repeat(missing);
  return { uid, labels, json: JSON.stringify(object) };
}

export function keyOf(name: string): ObjectKey {
  return { group: Sample.group, resource: Sample.plural, namespace: NAMESPACE, name };
}

/** Names in the order of their numbers. */
export function nameOf(number: number): string {
  return `sample-${String(number).padStart(7, '0')}`;
}
