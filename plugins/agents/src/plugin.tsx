import { createFrontendPlugin } from '@backstage/frontend-plugin-api';

export const agentsPlugin = createFrontendPlugin({ pluginId: 'agents', extensions: [] });
