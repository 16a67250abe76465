import { Kind } from '@krate/resource-model';
import { Generator } from '../Generator';

/** The kinds as data: names, area, storage class, catalog form and reconcilers of each, for the diagram in the docs and for other programs. */
export const kindsJson: Generator = {
  name: 'kinds as data',
  files: (kinds, controllersOf) => [
    {
      path: 'docs/architecture/kinds.json',
      content: `${JSON.stringify({ kinds: kinds.map(kind => entry(kind, controllersOf(kind))) }, null, 2)}\n`,
    },
  ],
};

function entry(kind: Kind, controllers: readonly string[]) {
  return {
    kind: kind.kind,
    apiVersion: kind.apiVersion,
    plural: kind.plural,
    shortNames: [...(kind.shortNames ?? [])],
    area: kind.area,
    storage: kind.storage,
    /** `null`: not in the catalog. */
    catalog: kind.catalog ? { kind: kind.catalog.as ?? kind.kind, type: kind.catalog.type ?? null } : null,
    /** Empty: no reconciler; the server itself looks after core kinds. */
    controllers,
  };
}
