import {
  coreExtensionData,
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import { Kind } from '@krate/resource-model';
import { ResourceType } from '../resource/identity';

/** Kinds, as their declarations or as `{ group, plural }`. */
export type NamedKinds = readonly Pick<Kind, 'group' | 'plural'>[];

/** Whether an extension stands on the pages of a kind. */
export const appliesToDataRef = createExtensionDataRef<
  (type: Pick<ResourceType, 'group' | 'plural'>) => boolean
>().with({ id: 'krate.applies-to' });

/** An extension that names no kinds stands on the page of every resource. */
export function appliesTo(kinds: NamedKinds | undefined) {
  return (type: Pick<ResourceType, 'group' | 'plural'>): boolean =>
    !kinds || kinds.some(({ group, plural }) => group === type.group && plural === type.plural);
}

export interface ResourceTabParams {
  /** The kinds it is for; on the page of every resource when absent. */
  kinds?: NamedKinds;
  /** Last part of the address, without a slash. */
  path: string;
  title: string;
  /** The tab; it finds its object with `useResourceOnPage`. */
  loader(): Promise<JSX.Element>;
}

/** A tab of the page of a resource, `/orgs/:org/explorer/:plural/:name`. */
export const ResourceTabBlueprint = createExtensionBlueprint({
  kind: 'resource-tab',
  attachTo: { id: 'page:krate/resource', input: 'tabs' },
  output: [
    appliesToDataRef,
    coreExtensionData.routePath,
    coreExtensionData.title,
    coreExtensionData.reactElement,
  ],
  *factory({ kinds, path, title, loader }: ResourceTabParams, { node }) {
    yield appliesToDataRef(appliesTo(kinds));
    yield coreExtensionData.routePath(path);
    yield coreExtensionData.title(title);
    yield coreExtensionData.reactElement(ExtensionBoundary.lazy(node, loader));
  },
});

export interface ResourceActionParams {
  /** The kinds it is for; on the page of every resource when absent. */
  kinds?: NamedKinds;
  /** The button, usually an `AccessButton`; it finds its object with `useResourceOnPage`. */
  loader(): Promise<JSX.Element>;
}

/**
 * A button in the heading of a resource's page. It writes a field or makes an object, as every client does; whether the
 * viewer may is asked with `useAccess`, so that the button is greyed out with the reason the API would give.
 */
export const ResourceActionBlueprint = createExtensionBlueprint({
  kind: 'resource-action',
  attachTo: { id: 'page:krate/resource', input: 'actions' },
  output: [appliesToDataRef, coreExtensionData.reactElement],
  *factory({ kinds, loader }: ResourceActionParams, { node }) {
    yield appliesToDataRef(appliesTo(kinds));
    yield coreExtensionData.reactElement(ExtensionBoundary.lazy(node, loader));
  },
});
