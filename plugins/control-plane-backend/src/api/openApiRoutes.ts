import { createHash } from 'node:crypto';
import { KindRegistry, openApiV3Of } from '@krate/resource-model';
import { ApiCall } from './ApiCall';
import { ApiContext } from './ApiContext';
import { groupVersionsOf } from './discovery';
import { notFoundPath } from './notFoundPath';
import { sendObject, sendText } from './respond';

/** A document and the hash its address carries, so that clients may keep it for ever. */
interface Document {
  text: string;
  hash: string;
}

const documents = new WeakMap<KindRegistry, { kinds: number; byPath: Map<string, Document> }>();

/**
 * An empty `openapi.v2.Document` (gnostic): `swagger`, `info {title, version}`, `paths`. kubectl 1.32 asks for it before it
 * applies a `List`, only in protobuf, and skips its own validation of kinds it does not find there; the server's counts.
 */
const OPENAPI_V2_PROTOBUF = Buffer.from('\x0a\x032.0\x12\x0a\x0a\x05Krate\x12\x011\x42\x00', 'latin1');
const OPENAPI_V2_JSON = {
  swagger: '2.0',
  info: { title: 'Krate', version: '1' },
  paths: {},
  definitions: {},
};

async function sendOpenApiV2({ req, res }: ApiCall): Promise<void> {
  if (!/proto-openapi\.spec\.v2/.test(req.get('accept') ?? '')) {
    await sendObject(res, 200, OPENAPI_V2_JSON);
    return;
  }
  // Go's parser refuses the @ that the request has; a real server answers with a dot as well.
  res.type('application/com.github.proto-openapi.spec.v2.v1.0+protobuf').send(OPENAPI_V2_PROTOBUF);
}

/** `/openapi/v3`, the documents of the group versions, and a `/openapi/v2` without definitions. */
export async function openApiRoute(call: ApiCall, segments: readonly string[]): Promise<boolean> {
  const { req, res, context, query } = call;
  if (segments[0] !== 'openapi') return false;
  if (segments[1] === 'v2' && segments.length === 2 && req.method === 'GET') {
    await sendOpenApiV2(call);
    return true;
  }
  if (segments[1] !== 'v3' || req.method !== 'GET') throw notFoundPath();
  const byPath = documentsOf(context);
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
function documentsOf({ kinds, controllersOf }: ApiContext): Map<string, Document> {
  const all = kinds.all();
  const known = documents.get(kinds);
  if (known?.kinds === all.length) return known.byPath;
  const served = groupVersionsOf(kinds).filter(groupVersion => groupVersion.kinds.length > 0);
  const byPath = new Map(
    served.map(({ group, version }) => {
      const text = JSON.stringify(openApiV3Of(all, group ? `${group}/${version}` : version, controllersOf));
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase();
      return [group ? `apis/${group}/${version}` : `api/${version}`, { text, hash }];
    }),
  );
  documents.set(kinds, { kinds: all.length, byPath });
  return byPath;
}
