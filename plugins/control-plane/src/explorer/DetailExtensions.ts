import { ResourceType } from '@krate/plugin-control-plane-react';

/** A tab that an area or a plugin from elsewhere brings. */
export interface MountedResourceTab {
  appliesTo(type: ResourceType): boolean;
  path: string;
  title: string;
  element: JSX.Element;
}

/** A button that an area or a plugin from elsewhere brings. */
export interface MountedResourceAction {
  appliesTo(type: ResourceType): boolean;
  id: string;
  element: JSX.Element;
}

/** What others add to the page of an object. */
export interface DetailExtensions {
  tabs: readonly MountedResourceTab[];
  actions: readonly MountedResourceAction[];
}
