import { Resource } from '@krate/resource-model';
import { lazy, Suspense, useMemo } from 'react';
import { stringify } from 'yaml';
import { SkeletonRows } from './SkeletonRows';

const CodeEditor = lazy(() => import('./CodeEditor'));

/** The manifest of an object as `kubectl get -o yaml` shows it, without who owns which field unless asked for. */
export function manifestOf(object: Resource, { managedFields = false } = {}): string {
  const { managedFields: owners, ...metadata } = object.metadata;
  return stringify(
    {
      ...object,
      metadata: managedFields && owners ? { ...metadata, managedFields: owners } : metadata,
    },
    { blockQuote: 'literal', lineWidth: 0 },
  );
}

/** A text of YAML to read; the editor behind it loads when it is first shown. */
export function CodeView({ text, label }: { text: string; label: string }) {
  return (
    <Suspense fallback={<SkeletonRows rows={8} height={24} />}>
      <CodeEditor value={text} label={label} readOnly />
    </Suspense>
  );
}

/** An object as YAML to read. */
export function YamlView({ object, label = 'Manifest' }: { object: Resource; label?: string }) {
  const text = useMemo(() => manifestOf(object), [object]);
  return <CodeView text={text} label={label} />;
}
