import { createApp } from '@backstage/frontend-defaults';
import { shell } from '@krate/plugin-control-plane';

/** Plugins are discovered from this package's dependencies (`app.packages: all`); the shell goes around them. */
export const app = createApp({ features: [shell] });
