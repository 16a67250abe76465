import { Kind } from '@krate/resource-model';
import { Generator } from '../Generator';

/** The kinds as data: names, area, storage class and catalog form of each, for the diagram in the docs and for other programs. */
export const kindsJson: Generator = {
  name: 'kinds as data',
  files: kinds => [
    {
      path: 'docs/architecture/kinds.json',
      content: `${JSON.stringify({ kinds: kinds.map(entry) }, null, 2)}\n`,
    },
  ],
};

function entry(kind: Kind) {
  return {
    kind: kind.kind,
    apiVersion: kind.apiVersion,
    plural: kind.plural,
    shortNames: [...(kind.shortNames ?? [])],
    area: kind.area,
    storage: kind.storage,
    /** `null`: not in the catalog. */
    catalog: kind.catalog ? { kind: kind.catalog.as ?? kind.kind, type: kind.catalog.type ?? null } : null,
  };
}
