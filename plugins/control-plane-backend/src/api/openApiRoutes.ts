import { createHash } from 'node:crypto';
import { KindRegistry, openApiV3Of } from '@krate/resource-model';
import { ApiCall } from './ApiCall';
import { groupVersionsOf } from './discovery';
import { notFoundPath } from './notFoundPath';
import { sendObject, sendText } from './respond';

/** A document and the hash its address carries, so that clients may keep it for ever. */
interface Document {
  text: string;
  hash: string;
}

const documents = new WeakMap<KindRegistry, { kinds: number; byPath: Map<string, Document> }>();

/** `/openapi/v3` and the documents of the group versions. `/openapi/v2` is left out, as kubectl 1.32 does without. */
export async function openApiRoute(
  { req, res, context, query }: ApiCall,
  segments: readonly string[],
): Promise<boolean> {
  if (segments[0] !== 'openapi') return false;
  if (segments[1] !== 'v3' || req.method !== 'GET') throw notFoundPath();
  const byPath = documentsOf(context.kinds);
  if (segments.length === 2) {
    const paths = [...byPath].map(([path, { hash }]) => [
      path,
      { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` },
    ]);
    await sendObject(res, 200, { paths: Object.fromEntries(paths) });
    return true;
  }
  const path = segments.slice(2).join('/');
  const document = byPath.get(path);
  if (!document) throw notFoundPath();
  const asked = query.get('hash');
  if (asked && asked !== document.hash) {
    res.redirect(301, `${req.baseUrl}/openapi/v3/${path}?hash=${document.hash}`);
    return true;
  }
  res.set({ ETag: `"${document.hash}"`, Vary: 'Accept' });
  res.set('Cache-Control', asked ? 'public, immutable, max-age=31536000' : 'no-cache, private');
  await sendText(res, 200, document.text);
  return true;
}

/** Made on the first request, and again should a kind have been added. */
function documentsOf(kinds: KindRegistry): Map<string, Document> {
  const all = kinds.all();
  const known = documents.get(kinds);
  if (known?.kinds === all.length) return known.byPath;
  const served = groupVersionsOf(kinds).filter(groupVersion => groupVersion.kinds.length > 0);
  const byPath = new Map(
    served.map(({ group, version }) => {
      const text = JSON.stringify(openApiV3Of(all, group ? `${group}/${version}` : version));
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase();
      return [group ? `apis/${group}/${version}` : `api/${version}`, { text, hash }];
    }),
  );
  documents.set(kinds, { kinds: all.length, byPath });
  return byPath;
}
