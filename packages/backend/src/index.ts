import { createBackend, discoveryFeatureLoader } from '@backstage/backend-defaults';
import { rootHttpRouter, rootLogger } from '@krate/plugin-control-plane-backend';
import { outliveReaders } from './outliveReaders';
import { searchOnPostgres } from './searchOnPostgres';

outliveReaders();

const backend = createBackend();

// Every request has an id, which its log lines carry
backend.add(rootLogger);
backend.add(rootHttpRouter);

// Backstage's own services and pages
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@krate/plugin-techdocs-backend-module-krate'));

// Who is asking, and what they may do
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@krate/plugin-auth-backend-module-krate'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@krate/plugin-permission-backend-module-krate'));

// The catalog mirrors the resources
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@krate/plugin-catalog-backend-module-krate'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@krate/plugin-scaffolder-backend-module-krate'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@krate/plugin-search-backend-module-krate'));
backend.add(searchOnPostgres);

// What can be done here, as tools for MCP clients
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// Krate: the control plane, then its areas
backend.add(import('@krate/plugin-control-plane-backend'));
backend.add(import('@krate/plugin-forge-backend'));
backend.add(import('@krate/plugin-agents-backend'));
backend.add(import('@krate/plugin-memory-backend'));
backend.add(import('@krate/plugin-external-backends-backend'));
backend.add(import('@krate/plugin-artifact-registry-backend'));
backend.add(import('@krate/plugin-inference-backend'));
backend.add(import('@krate/plugin-policy-backend'));

// Packages from elsewhere, by name: backend.packages.include in the configuration
backend.add(discoveryFeatureLoader);

// Backstage only logs a failed start and stays up without ever getting ready; a supervisor needs the exit.
backend.start().catch(error => {
  process.stderr.write(`Krate could not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
