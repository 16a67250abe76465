import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentAdapter } from '@krate/plugin-agents-common';
import { AdapterCommand } from '../observers/adapterCommandObserver';
import { met, unmet } from './conditions';

/** Seconds until the machine is asked again: programs come and go without telling. */
const LOOK_AGAIN = 60;

/** Says whether the program of an adapter can be started on this machine. */
export const agentAdapterReconciler = defineReconciler({
  for: AgentAdapter,
  reads: { command: reads.observed('adapter-command') },

  reconcile(ctx, { spec }): Result<typeof AgentAdapter> {
    const unsupported = whyUnsupported(spec);
    if (unsupported) return { conditions: [unmet('Ready', 'Unsupported', unsupported)] };

    const command = ctx.command as AdapterCommand;
    const program = spec.command![0]!;
    if (command.found) {
      return {
        conditions: [met('Ready', 'CommandFound', `Starts ${command.path}`)],
        requeueAfter: LOOK_AGAIN,
      };
    }
    const message = `The program ${program} is not on this machine: install it, or give its absolute path in spec.command`;
    return { conditions: [unmet('Ready', 'CommandMissing', message)], requeueAfter: LOOK_AGAIN };
  },
});

function whyUnsupported({
  adapterType,
  transport,
  protocol,
  command,
}: AgentAdapter['spec']): string | undefined {
  if (adapterType !== 'subprocess' || transport !== 'stdio') {
    return `Agents run as a subprocess over stdio; ${adapterType} over ${transport} has no driver here`;
  }
  if (protocol !== 'acp') return `The protocol ${protocol} has no driver here; use a program that speaks acp`;
  if (!command) return 'spec.command is empty: name the program and its arguments';
  return undefined;
}
