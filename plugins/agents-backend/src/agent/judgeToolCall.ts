import type { AgentDispatchAttempt } from '@krate/plugin-agents-common';
import { GlobPiece, matchesGlob } from '../review/glob';

type Launch = AgentDispatchAttempt['spec']['launch'];

/** What an agent wants to do, as it announces it. */
export interface ToolCall {
  /** `read`, `edit`, `delete`, `move`, `search`, `execute`, `think`, `fetch`, `other`. */
  kind: string;
  /** The command line, for `execute`. */
  command?: string;
  /** Files it touches: absolute, as the agent sees them, or relative to the workspace. */
  paths: readonly string[];
}

export interface ToolVerdict {
  decision: 'allow' | 'ask' | 'deny';
  /** Why, for whoever is asked. */
  reasons: string[];
}

const WRITING = ['edit', 'delete', 'move'];
const FILES = [...WRITING, 'read', 'search'];
/** Kinds that `prompt-on-denied-or-privileged` asks for: their effect cannot be seen from the call. */
const PRIVILEGED = ['execute', 'delete', 'fetch', 'other'];

const allow = (...reasons: string[]): ToolVerdict => ({ decision: 'allow', reasons });
const ask = (...reasons: string[]): ToolVerdict => ({ decision: 'ask', reasons });
const deny = (...reasons: string[]): ToolVerdict => ({ decision: 'deny', reasons });

/**
 * May the agent do this? What is forbidden comes first and no mode lifts it; then what the profile allows; what is left is
 * asked, unless the stack never asks. The call is the agent's own word: what it really does is held by its sandbox.
 */
export function judgeToolCall(
  launch: Pick<Launch, 'tools' | 'approvalMode' | 'toolProfile'>,
  call: ToolCall,
  workspacePath: string,
): ToolVerdict {
  const { tools, approvalMode } = launch;
  const profile = launch.toolProfile ? `the tool profile ${launch.toolProfile}` : 'no tool profile';
  const forbidden = whyForbidden(tools, call, profile);
  if (forbidden) return deny(forbidden);

  if (
    call.kind === 'execute' &&
    call.command !== undefined &&
    tools.allowedCommands.some(glob => allowsCommand(glob, call.command!))
  ) {
    return allow(`${profile} allows this command`);
  }
  const policy = tools.approvalPolicyByTool[call.kind] ?? tools.approvalPolicyByTool['*'] ?? 'prompt';
  if (policy === 'deny') return deny(`${profile} denies ${call.kind}`);
  if (approvalMode === 'deny') return deny('The stack’s approvalMode is deny');
  if (policy === 'allow') return allow(`${profile} allows ${call.kind}`);
  if (policy === 'allow-workspace' && staysInside(call.paths, workspacePath))
    return allow(`${profile} allows ${call.kind} in the workspace`);
  if (policy === 'prompt-on-denied-or-privileged' && !PRIVILEGED.includes(call.kind))
    return allow(`${profile} allows ${call.kind}`);
  if (approvalMode === 'yolo') return allow('The stack’s approvalMode is yolo: it never asks for tools');
  if (policy === 'allow-workspace')
    return ask(
      `${profile} allows ${call.kind} in the workspace only, and this leaves it or does not say where it goes`,
    );
  return ask(
    launch.toolProfile
      ? `${profile} asks for ${call.kind}`
      : `There is no tool profile, so ${call.kind} is asked for`,
  );
}

function whyForbidden(
  tools: Launch['tools'],
  { kind, command }: ToolCall,
  profile: string,
): string | undefined {
  if (tools.deniedTools.includes(kind)) return `The workspace policy denies ${kind}`;
  if (tools.allowedTools.length > 0 && !tools.allowedTools.includes(kind))
    return `The workspace policy allows only ${tools.allowedTools.join(', ')}`;
  if (tools.filesystemPolicy === 'no-fs' && FILES.includes(kind)) return `${profile} lets it see no files`;
  if (tools.filesystemPolicy === 'read-only' && WRITING.includes(kind))
    return `${profile} lets it change no files`;
  if (
    kind === 'execute' &&
    command !== undefined &&
    tools.deniedCommands.some(glob => deniesCommand(glob, command))
  )
    return `${profile} denies this command`;
  return undefined;
}

/** In an allow, `*` stops at whatever a shell would read as more than an argument: `npm test*` is not `npm test; rm -rf .` */
function allowsCommand(glob: string, command: string): boolean {
  return matchesGlob(
    piecesOf(glob, character => !/[;&|<>$`\\(){}\n\r]/.test(character)),
    command.trim(),
  );
}

function deniesCommand(glob: string, command: string): boolean {
  return matchesGlob(
    piecesOf(glob, () => true),
    command.trim(),
  );
}

function piecesOf(glob: string, many: (character: string) => boolean): GlobPiece[] {
  return Array.from(glob, character => (character === '*' ? { many } : character));
}

/** Whether files are named, and all of them lie in the workspace. */
function staysInside(paths: readonly string[], workspacePath: string): boolean {
  return paths.length > 0 && paths.every(path => isInside(path, workspacePath));
}

function isInside(path: string, workspacePath: string): boolean {
  const absolute = path.startsWith('/') ? path : `${workspacePath}/${path}`;
  const parts: string[] = [];
  for (const part of absolute.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const normal = `/${parts.join('/')}`;
  return (normal === workspacePath || normal.startsWith(`${workspacePath}/`)) && !parts.includes('.git');
}
