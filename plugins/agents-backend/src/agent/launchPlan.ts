import { mkdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { EffectError } from '@krate/controller-runtime';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { SCRIPTED_AGENT } from '../observers/adapterCommandObserver';
import { installProgram, NODE_ARGUMENTS } from '../process/programs';
import type { GrantedFile, SandboxSpec } from '../process';
import { AgentRunInput } from './AgentRunTypes';
import { Layout } from './Layout';

const PROGRAM_PATH = '/usr/local/bin:/usr/bin:/bin';

type ProgramPart = Pick<SandboxSpec, 'command' | 'readOnlyPaths' | 'env'>;

/** The program of an attempt, as its sandbox starts it. */
export async function programOf({ launch }: AgentRunInput, layout: Layout): Promise<ProgramPart> {
  const env = { PATH: PROGRAM_PATH, ...modelVariables(launch), ...launch.environment };
  if (launch.command[0] !== SCRIPTED_AGENT) return { ...(await installed(launch.command)), env };
  const script = launch.command[1];
  if (!script)
    throw new EffectError(
      'LAUNCH_FAILED',
      'The scripted agent needs a script: name its path in the adapter’s command',
    );
  const node = dirname(process.execPath);
  await mkdir(layout.programs, { recursive: true, mode: 0o755 });
  const program = await installProgram('scripted-agent.ts', layout.programs, 0o644);
  return {
    command: [process.execPath, ...NODE_ARGUMENTS, program, script],
    readOnlyPaths: [node, layout.programs],
    env: { ...env, PATH: `${PROGRAM_PATH}:${node}` },
  };
}

/**
 * A program below /usr is there inside as well. One that an administrator installed elsewhere brings the directory it
 * really lies in, read-only, since its own libraries lie beside it.
 */
async function installed([program, ...rest]: string[]): Promise<
  Pick<ProgramPart, 'command' | 'readOnlyPaths'>
> {
  if (!isAbsolute(program)) return { command: [program, ...rest] };
  const real = await realpath(program).catch(() => {
    throw new EffectError('LAUNCH_FAILED', `The program ${program} of the adapter is not on this machine`);
  });
  if (real.startsWith('/usr/')) return { command: [real, ...rest] };
  return { command: [real, ...rest], readOnlyPaths: [dirname(real)] };
}

/** Where the usual programs look for a model; the key is a stand-in, the real one is added outside. */
function modelVariables({ provider, model }: AgentRunInput['launch']): Record<string, string> {
  if (!provider) return {};
  return {
    OPENAI_BASE_URL: '${KRATE_EGRESS_URL}/v1',
    OPENAI_API_KEY: 'held-by-krate',
    ANTHROPIC_BASE_URL: '${KRATE_EGRESS_URL}',
    ANTHROPIC_API_KEY: 'held-by-krate',
    ...(model && { OPENAI_MODEL: model, ANTHROPIC_MODEL: model }),
  };
}

/** The secrets that a grant lets the agent see, as files named `<secret>.<key>`. */
export async function grantedFiles(
  { launch, namespace }: AgentRunInput,
  secrets: ControlPlane['secrets'],
): Promise<GrantedFile[]> {
  const files: GrantedFile[] = [];
  for (const { secret, keys } of launch.secretFiles) {
    const values = await secrets.readSecret(namespace, secret);
    for (const key of keys) {
      const content = values?.[key];
      if (!content)
        throw new EffectError(
          'SECRET_MISSING',
          `The granted key ${key} of the Secret ${secret} does not exist any more`,
        );
      files.push({ name: `${secret}.${key}`.replace(/[^\w.-]/g, '_'), content });
    }
  }
  return files;
}
