import { createHash } from 'node:crypto';
import { KindRegistry, openApiV2Of, openApiV3Of } from '@krate/resource-model';
import { ApiCall } from './ApiCall';
import { ApiContext } from './ApiContext';
import { groupVersionsOf } from './discovery';
import { encodeOpenApiV2 } from './encodeOpenApiV2';
import { notFoundPath } from './notFoundPath';
import { sendObject, sendText } from './respond';

/** A document and the hash its address carries, so that clients may keep it for ever. */
interface Document {
  text: string;
  hash: string;
}

interface Documents {
  kinds: number;
  byPath: ReadonlyMap<string, Document>;
  v2: Document & { protobuf: Buffer };
}

const documents = new WeakMap<KindRegistry, Documents>();

async function sendOpenApiV2({ context, req, res }: ApiCall): Promise<void> {
  const { v2 } = documentsOf(context);
  res.set({ ETag: `"${v2.hash}"`, Vary: 'Accept' });
  if (!/proto-openapi\.spec\.v2/.test(req.get('accept') ?? '')) {
    await sendText(res, 200, v2.text);
    return;
  }
  // Go's parser refuses the @ that the request has; a real server answers with a dot as well.
  res.type('application/com.github.proto-openapi.spec.v2.v1.0+protobuf').send(v2.protobuf);
}

/** `/openapi/v3`, the documents of the group versions, and `/openapi/v2` with all of them in one. */
export async function openApiRoute(call: ApiCall, segments: readonly string[]): Promise<boolean> {
  const { req, res, context, query } = call;
  if (segments[0] !== 'openapi') return false;
  if (segments[1] === 'v2' && segments.length === 2 && req.method === 'GET') {
    await sendOpenApiV2(call);
    return true;
  }
  if (segments[1] !== 'v3' || req.method !== 'GET') throw notFoundPath();
  const { byPath } = documentsOf(context);
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
function documentsOf({ kinds, controllersOf }: ApiContext): Documents {
  const all = kinds.all();
  const known = documents.get(kinds);
  if (known?.kinds === all.length) return known;
  const served = groupVersionsOf(kinds).filter(groupVersion => groupVersion.kinds.length > 0);
  const byPath = new Map(
    served.map(({ group, version }) => [
      group ? `apis/${group}/${version}` : `api/${version}`,
      documentOf(openApiV3Of(all, group ? `${group}/${version}` : version, controllersOf)),
    ]),
  );
  const v2 = openApiV2Of(all, controllersOf);
  const made = { kinds: all.length, byPath, v2: { ...documentOf(v2), protobuf: encodeOpenApiV2(v2) } };
  documents.set(kinds, made);
  return made;
}

function documentOf(content: object): Document {
  const text = JSON.stringify(content);
  return { text, hash: createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase() };
}
