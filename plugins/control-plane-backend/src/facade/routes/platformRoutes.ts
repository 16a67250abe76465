import { getHealth, getLiveness, getOpenApi, getReadiness } from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import { JsonObject } from '@krate/resource-model';
import { FacadeServices } from '../FacadeServices';

/** Health, and the document that describes the rest. */
export function platformRoutes(services: FacadeServices, document: () => JsonObject): FacadeRoute[] {
  const healthy = async () => {
    const checks = await Promise.all(
      Object.entries(services.readiness).map(async ([name, check]) => {
        try {
          await check();
          return { name, ok: true };
        } catch (error) {
          services.logger.warn(`The health check ${name} failed: ${(error as Error).message}`);
          return { name, ok: false };
        }
      }),
    );
    const ok = checks.every(check => check.ok);
    const body = { ok, project: 'Krate' as const, checks };
    return ok ? { status: 200 as const, body } : { status: 503 as const, body };
  };
  return [
    facadeRoute(getHealth, healthy),
    facadeRoute(getReadiness, healthy),
    // Alive is whoever answers.
    facadeRoute(getLiveness, async () => ({
      status: 200,
      body: { ok: true, project: 'Krate' as const, checks: [] },
    })),
    facadeRoute(getOpenApi, async () => ({ status: 200, body: document() })),
  ];
}
