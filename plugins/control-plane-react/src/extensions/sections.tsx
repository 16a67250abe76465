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

/** A part of an organization's home page (`home`) or inbox (`inbox`): each area brings what it knows. */
function sectionBlueprint(page: 'home' | 'inbox') {
  return createExtensionBlueprint({
    kind: `${page}-section`,
    attachTo: { id: `page:krate/${page}`, input: 'sections' },
    output: [sectionOrderDataRef, coreExtensionData.reactElement],
    *factory({ order, loader }: SectionParams, { node }) {
      yield sectionOrderDataRef(order);
      yield coreExtensionData.reactElement(ExtensionBoundary.lazy(node, loader));
    },
  });
}

export const HomeSectionBlueprint = sectionBlueprint('home');
export const InboxSectionBlueprint = sectionBlueprint('inbox');
