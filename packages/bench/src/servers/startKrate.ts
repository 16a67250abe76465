import { startChild } from '../harness/Child';

/** How a Krate server is started for a bench. */
export interface KrateServerOptions {
  /** Where its data is; may have been filled before. */
  directory: string;
  durability: 'durable' | 'relaxed';
  /** With a catalog that mirrors the samples. */
  catalog?: boolean;
  /** With the forge, which hosts repositories. */
  forge?: boolean;
  /** With a reconciler of the samples. */
  reconcile?: boolean;
}

/** A backend with the control plane in a process of its own. */
export interface KrateServer {
  port: number;
  /** Of a developer of the organization that the samples belong to. */
  token: string;
  /** Calls one of the acts in `krate.child.ts`. */
  call<T>(name: string, argument?: unknown): Promise<T>;
  stop(): Promise<void>;
}

export async function startKrate(options: KrateServerOptions): Promise<KrateServer> {
  const child = await startChild(require.resolve('./krate.child'), {
    cpuProfile: process.env.KRATE_BENCH_PROFILE,
  });
  const { port, token } = await child.call<{ port: number; token: string }>('start', options);
  return { ...child, port, token };
}
