import { ApiCall } from './ApiCall';
import { aggregatedDiscovery, aggregatedVersion, apiGroup, groupList, resourceList } from './discovery';
import { notFoundPath } from './notFoundPath';
import { sendObject, sendText } from './respond';

/** `/api`, `/apis` and what lies directly below: which kinds there are. False when the path is none of them. */
export async function discoveryRoute(call: ApiCall, segments: readonly string[]): Promise<boolean> {
  const { req, res, context } = call;
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  const [root, group, version, more] = segments;
  if (root === 'api' && segments.length === 2 && group === 'v1') {
    await sendObject(res, 200, resourceList(context, '', 'v1'));
    return true;
  }
  if ((root === 'api' || root === 'apis') && segments.length === 1) {
    await sendRoot(call, root === 'api');
    return true;
  }
  if (root !== 'apis' || more !== undefined || !group) return false;
  const document =
    version === undefined ? apiGroup(context.kinds, group) : resourceList(context, group, version);
  if (!document) throw notFoundPath();
  await sendObject(res, 200, document);
  return true;
}

async function sendRoot({ req, res, context }: ApiCall, core: boolean): Promise<void> {
  const version = aggregatedVersion(req.headers.accept);
  res.vary('Accept');
  if (version) {
    const body = JSON.stringify(aggregatedDiscovery(context.kinds, version, core));
    // kubectl takes the answer for a plain one unless the type says what it is.
    await sendText(
      res,
      200,
      body,
      `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
    );
    return;
  }
  const versions = {
    kind: 'APIVersions',
    apiVersion: 'v1',
    versions: ['v1'],
    serverAddressByClientCIDRs: [],
  };
  await sendObject(res, 200, core ? versions : groupList(context.kinds));
}
