import {
  coreExtensionData,
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';

export interface SectionParams {
  /** Smaller comes first. */
  order: number;
  /** The section; it finds its organization with `useOrganization`. */
  loader(): Promise<JSX.Element>;
}

/** Where among its siblings a section stands. */
export const sectionOrderDataRef = createExtensionDataRef<number>().with({ id: 'krate.section-order' });

/** A part of a page that several areas make together: each brings what it knows. */
function sectionBlueprint(kind: string, page: string) {
  return createExtensionBlueprint({
    kind,
    attachTo: { id: page, input: 'sections' },
    output: [sectionOrderDataRef, coreExtensionData.reactElement],
    *factory({ order, loader }: SectionParams, { node }) {
      yield sectionOrderDataRef(order);
      yield coreExtensionData.reactElement(ExtensionBoundary.lazy(node, loader));
    },
  });
}

/** A part of an organization's home page. */
export const HomeSectionBlueprint = sectionBlueprint('home-section', 'page:krate/home');
/** A part of the inbox: decisions that wait for the reader. */
export const InboxSectionBlueprint = sectionBlueprint('inbox-section', 'page:krate/inbox');
