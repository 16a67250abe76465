import { createApp } from '@backstage/frontend-defaults';

/** Every installed front-end plugin is discovered from this package's dependencies (`app.packages: all`). */
export const app = createApp();
