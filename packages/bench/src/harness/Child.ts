import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of ours that answers calls. */
export interface Child {
  call<T>(name: string, argument?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Call {
  id: number;
  name: string;
  argument: unknown;
}

type Answer = { id: number; result: unknown } | { id: number; error: string };

/** Starts a module in a process of its own, on the same Node with the same loader; the module calls {@link answerCalls}. */
export async function startChild(module: string, options: { cpuProfile?: string } = {}): Promise<Child> {
  const profile = options.cpuProfile ? ['--cpu-prof', `--cpu-prof-dir=${options.cpuProfile}`] : [];
  const child = fork(module, [], {
    execArgv: [...process.execArgv, ...profile],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) call?.reject(new Error(answer.error));
    else call?.resolve(answer.result as never);
  });
  child.on('exit', code => {
    for (const { reject } of waiting.values()) reject(new Error(`${module} ended with ${code}`));
    waiting.clear();
  });
  return {
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        child.send({ id: last, name, argument } satisfies Call);
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/**
 * Answers the calls of whoever started this process. When it has gone, `end` is called and the process ends with it:
 * nothing of a bench outlives it.
 */
export function answerCalls(
  calls: Readonly<Record<string, (argument: never) => Promise<unknown>>>,
  end: () => Promise<void> = async () => {},
): void {
  process.on('message', ({ id, name, argument }: Call) => {
    const answer = (text: Answer) => process.send?.(text);
    calls[name](argument as never).then(
      result => answer({ id, result }),
      error => answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => {
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
