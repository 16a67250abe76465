import { Readable } from 'node:stream';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { documentOf, KrateDocument, typeOf } from './documentOf';

/** Lets an index that has become empty be replaced; it has no word that anything could find. */
const NOTHING = {
  title: '',
  text: '',
  location: '/',
  organization: '',
  kind: '',
  name: '',
  authorization: { resourceRef: 'group:krate-system/nobody' },
} satisfies KrateDocument;

/** All objects of one type of documents, as they are when the index asks. */
export class ObjectCollatorFactory implements DocumentCollatorFactory {
  /** Whoever may read the organization's group in the catalog may read what it has. */
  readonly visibilityPermission = catalogEntityReadPermission;

  constructor(
    readonly type: string,
    private readonly controlPlane: () => Promise<ControlPlane>,
  ) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  private async *documents(): AsyncGenerator<KrateDocument> {
    const { kinds, client } = await this.controlPlane();
    yield NOTHING;
    for (const kind of kinds.all().filter(each => typeOf(each) === this.type)) {
      const { items } = await client.list(kind);
      for (const object of items) {
        const document = documentOf(kind, object);
        if (document) yield document;
      }
    }
  }
}
