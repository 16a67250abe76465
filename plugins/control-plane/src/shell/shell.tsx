import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint, SignInPageBlueprint } from '@backstage/plugin-app-react';
import { installBackGuard } from './backGuard';
import { Navigation } from './Navigation';
import { darkThemeExtension, lightThemeExtension } from './themes';

installBackGuard();

/** Krate's own look around every page: themes, navigation, sign-in. */
export const shell = createFrontendModule({
  pluginId: 'app',
  extensions: [
    lightThemeExtension,
    darkThemeExtension,
    NavContentBlueprint.make({ params: { component: Navigation } }),
    SignInPageBlueprint.make({
      params: { loader: () => import('./SignInPage').then(module => module.SignInPage) },
    }),
  ],
});
