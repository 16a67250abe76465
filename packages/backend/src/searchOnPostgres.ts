import { coreServices, createBackendFeatureLoader } from '@backstage/backend-plugin-api';

/** On PostgreSQL the search index lives there, shared by all backends; otherwise in the process. */
export const searchOnPostgres = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (config.getOptionalString('backend.database.client') === 'pg')
      yield import('@backstage/plugin-search-backend-module-pg');
  },
});
