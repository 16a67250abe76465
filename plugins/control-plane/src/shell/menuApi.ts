import { ApiBlueprint, createExtensionInput } from '@backstage/frontend-plugin-api';
import { menuApiRef, menuDataRef, mergeMenus } from '@krate/plugin-control-plane-react';

/** Collects what the installed areas bring to the navigation, the palette and the first steps. */
export const menuApi = ApiBlueprint.makeWithOverrides({
  name: 'menu',
  inputs: { menus: createExtensionInput([menuDataRef]) },
  factory: (original, { inputs }) =>
    original(defineParams =>
      defineParams({
        api: menuApiRef,
        deps: {},
        factory: () => mergeMenus(inputs.menus.map(menu => menu.get(menuDataRef))),
      }),
    ),
});
