import { LoggerService } from '@backstage/backend-plugin-api';
import { Effect, Observer } from '@krate/controller-runtime';
import { ControlPlane, Installation, StartedArea } from '@krate/plugin-control-plane-node';

type AreaRoute = NonNullable<StartedArea['routes']>[number];

/** What the areas brought once they run. */
export interface StartedAreas {
  effects: Effect[];
  observers: Observer[];
  routes: AreaRoute[];
  /** Ends the areas in the reverse order of their start; one that fails does not keep the others. */
  stop(): Promise<void>;
}

/** Starts the areas one after another, in the order of their installation. A failure names the area. */
export async function startAreas(
  installations: readonly Installation[],
  controlPlane: ControlPlane,
  logger: LoggerService,
): Promise<StartedAreas> {
  const started: { area: string; parts: StartedArea }[] = [];
  for (const installation of installations) {
    const { area } = installation;
    try {
      started.push({ area, parts: (await installation.start?.(controlPlane)) ?? {} });
    } catch (error) {
      throw new Error(`The area ${area} cannot start: ${(error as Error).message}`, { cause: error });
    }
  }
  return {
    effects: started.flatMap(({ parts }) => parts.effects ?? []),
    observers: started.flatMap(({ parts }) => parts.observers ?? []),
    routes: started.flatMap(({ parts }) => parts.routes ?? []),
    stop: async () => {
      for (const { area, parts } of [...started].reverse()) {
        try {
          await parts.stop?.();
        } catch (error) {
          logger.error(`The area ${area} did not stop cleanly`, error as Error);
        }
      }
    },
  };
}
