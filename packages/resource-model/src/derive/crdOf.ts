import { Kind } from '../defineKind';
import { StructuralSchema } from '../StructuralSchema';
import { structuralSchemaOf } from '../structuralSchemaOf';
import { mapSchema } from './mapSchema';
import { PrinterColumn, jsonPathOf, printerColumnsOf } from './printerColumnsOf';
import { tellReference } from './tellReference';

/** An `apiextensions.k8s.io/v1` CustomResourceDefinition, as far as it is generated. */
export interface CustomResourceDefinition {
  apiVersion: 'apiextensions.k8s.io/v1';
  kind: 'CustomResourceDefinition';
  metadata: { name: string };
  spec: {
    group: string;
    names: {
      kind: string;
      listKind: string;
      plural: string;
      singular: string;
      shortNames?: string[];
      categories?: string[];
    };
    scope: 'Namespaced' | 'Cluster';
    versions: {
      name: string;
      served: boolean;
      storage: boolean;
      schema: { openAPIV3Schema: StructuralSchema };
      subresources: { status: Record<string, never> };
      additionalPrinterColumns: PrinterColumn[];
      selectableFields?: { jsonPath: string }[];
    }[];
  };
}

/** An API server takes no more selectable fields in a CRD; Krate's own serves all that a kind declares. */
const MOST_SELECTABLE = 8;

/**
 * The CRD of a kind: valid for a real API server, so without extensions of our own; what a reference points to is told in
 * the description instead.
 *
 * @throws Error for core kinds, which no CRD can define
 */
export function crdOf(kind: Kind): CustomResourceDefinition {
  if (!kind.group) throw new Error(`${kind.kind} is a core kind: there is no CRD for it`);
  const selectable = (kind.selectableFields ?? [])
    .slice(0, MOST_SELECTABLE)
    .map(path => ({ jsonPath: jsonPathOf(kind, path) }));
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: kind.resource },
    spec: {
      group: kind.group,
      names: namesOf(kind),
      scope: kind.clusterScoped ? 'Cluster' : 'Namespaced',
      versions: [
        {
          name: kind.version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: mapSchema(structuralSchemaOf(kind), plainKubernetes) },
          subresources: { status: {} },
          additionalPrinterColumns: printerColumnsOf(kind),
          ...(selectable.length > 0 ? { selectableFields: selectable } : {}),
        },
      ],
    },
  };
}

function namesOf({ kind, plural, shortNames, categories }: Kind) {
  return {
    kind,
    listKind: `${kind}List`,
    plural,
    singular: kind.toLowerCase(),
    ...(shortNames?.length ? { shortNames: [...shortNames] } : {}),
    ...(categories?.length ? { categories: [...categories] } : {}),
  };
}

function plainKubernetes(node: StructuralSchema): StructuralSchema {
  return Object.fromEntries(
    Object.entries(tellReference(node)).filter(([key]) => !key.startsWith('x-krate-')),
  );
}
