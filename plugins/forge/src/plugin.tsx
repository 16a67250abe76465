import { createFrontendPlugin } from '@backstage/frontend-plugin-api';

export const forgePlugin = createFrontendPlugin({ pluginId: 'forge', extensions: [] });
