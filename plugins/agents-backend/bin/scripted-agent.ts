#!/usr/bin/env node
/**
 * A scripted agent: an honest little program that speaks the Agent Client Protocol over stdio and does what a JSON script
 * says, for examples and tests. No language model decides anything; everything it claims to do it really does.
 *
 * `scripted-agent.ts [SCRIPT]` or `KRATE_SCRIPT=path`. A script is `{ "steps": [...] }`, or `{ "turns": [[...], ...] }` for
 * several prompts. `{{prompt}}` in a text becomes the prompt of the turn. A step is one of
 *   {"say": text} {"think": text} {"plan": [text, ...]} {"wait": seconds} {"read": path}
 *   {"edit": {"file", "find", "replace"}} {"write": {"file", "content"}}
 *   {"run": "a command line for sh"} {"run": [program, ...arguments]}
 *   {"model": {"prompt", "model"?}}  asks $OPENAI_BASE_URL/chat/completions and says the answer
 * and, on any tool step, `"ask": true` (or a title) requests permission first; a step that is not permitted is left out.
 * A file may also be called `path`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

interface Step {
  say?: string;
  think?: string;
  plan?: string[];
  wait?: number;
  read?: string;
  edit?: FileName & { find: string; replace: string };
  write?: FileName & { content: string };
  run?: string | string[];
  model?: { prompt: string; model?: string };
  ask?: string | boolean;
}
type FileName = { file: string; path?: undefined } | { path: string; file?: undefined };
interface Message {
  id?: number | string | null;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}
/** What a tool step did. */
interface Outcome {
  text: string;
  failed?: boolean;
  diff?: { path: string; oldText: string | null; newText: string };
}
interface Tool {
  kind: string;
  title: string;
  perform: () => Promise<Outcome> | Outcome;
}

const scriptPath = process.argv[2] ?? process.env.KRATE_SCRIPT;
if (!scriptPath) throw new Error('scripted-agent: give the path of a script as argument or in KRATE_SCRIPT');
const script = JSON.parse(fs.readFileSync(scriptPath, 'utf8')) as { steps?: Step[]; turns?: Step[][] };
const turns = script.turns ?? [script.steps ?? []];

class Cancelled extends Error {}

let cwd = process.cwd();
let sessionId = '';
let prompt = '';
let turn = 0;
let calls = 0;
let cancelled = false;
let running: ChildProcess | undefined;
let nextId = 0;
const waiting = new Map<number, (message: Message) => void>();

const send = (message: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const update = (body: object) => send({ method: 'session/update', params: { sessionId, update: body } });
const text = (value: string) => ({ type: 'text', text: value.replaceAll('{{prompt}}', prompt) });
const say = (value: string) => update({ sessionUpdate: 'agent_message_chunk', content: text(value) });
const inside = (file: string) => path.resolve(cwd, file);
const nameOf = ({ file, path: name }: FileName) => file ?? name!;
const askFor = (step: Step, tool: Tool) => (typeof step.ask === 'string' ? step.ask : tool.title);

function request(method: string, params: object): Promise<Message> {
  const id = nextId++; // the first id is 0, which is a valid id
  send({ id, method, params });
  return new Promise(resolve => waiting.set(id, resolve));
}

const methods: Record<string, (params: Record<string, unknown>) => unknown> = {
  initialize: () => ({
    protocolVersion: 1,
    agentCapabilities: { loadSession: false, promptCapabilities: {} },
    agentInfo: { name: 'scripted-agent', title: 'Scripted agent', version: '1.0.0' },
    authMethods: [],
  }),
  'session/new': params => {
    cwd = String(params.cwd);
    sessionId = `scripted-${process.pid}-${Date.now()}`;
    return { sessionId };
  },
  'session/prompt': async params => {
    const blocks = params.prompt as { type: string; text?: string }[];
    prompt = blocks.map(block => block.text ?? '').join('\n');
    return { stopReason: await runTurn(turns[turn++]) };
  },
};

async function runTurn(steps: Step[] | undefined): Promise<string> {
  cancelled = false;
  if (!steps) say('The script has no further turn.');
  try {
    for (const step of steps ?? []) {
      if (cancelled) throw new Cancelled();
      await perform(step);
    }
  } catch (error) {
    if (error instanceof Cancelled) return 'cancelled';
    throw error;
  }
  return cancelled ? 'cancelled' : 'end_turn';
}

async function perform(step: Step) {
  if (step.say !== undefined) return say(step.say);
  if (step.think !== undefined)
    return update({ sessionUpdate: 'agent_thought_chunk', content: text(step.think) });
  if (step.plan)
    return update({
      sessionUpdate: 'plan',
      entries: step.plan.map(content => ({ content, priority: 'medium', status: 'pending' })),
    });
  if (step.wait !== undefined) return wait(step.wait);
  const tool = toolOf(step);
  if (!tool) throw new Error(`scripted-agent: a step is not understood: ${JSON.stringify(step)}`);
  return useTool(tool, step);
}

async function wait(seconds: number) {
  for (const until = Date.now() + seconds * 1000; Date.now() < until && !cancelled;) await sleep(20);
}

function toolOf(step: Step): Tool | undefined {
  const { read, edit, write, run, model } = step;
  if (read !== undefined)
    return {
      kind: 'read',
      title: `Read ${read}`,
      perform: () => ({ text: fs.readFileSync(inside(read), 'utf8') }),
    };
  if (edit) return { kind: 'edit', title: `Edit ${nameOf(edit)}`, perform: () => editFile(edit) };
  if (write)
    return {
      kind: 'edit',
      title: `Write ${nameOf(write)}`,
      perform: () => writeFile(nameOf(write), write.content),
    };
  if (run)
    return {
      kind: 'execute',
      title: [run].flat().join(' '),
      perform: () => runCommand(typeof run === 'string' ? ['sh', '-c', run] : run),
    };
  if (model) return { kind: 'fetch', title: 'Ask the model', perform: () => askModel(model) };
  return undefined;
}

async function useTool(tool: Tool, step: Step) {
  const toolCallId = `call-${++calls}`;
  const status = step.ask ? 'pending' : 'in_progress';
  update({
    sessionUpdate: 'tool_call',
    toolCallId,
    title: tool.title,
    kind: tool.kind,
    status,
    rawInput: step,
  });
  if (step.ask && !(await permitted(toolCallId, askFor(step, tool), tool))) {
    update({
      sessionUpdate: 'tool_call_update',
      toolCallId,
      status: 'failed',
      content: [{ type: 'content', content: text('Not permitted.') }],
    });
    return;
  }
  if (step.ask) update({ sessionUpdate: 'tool_call_update', toolCallId, status: 'in_progress' });
  const outcome = await attempt(tool);
  const content = outcome.diff
    ? [{ type: 'diff', ...outcome.diff }]
    : [{ type: 'content', content: { type: 'text', text: outcome.text } }];
  update({
    sessionUpdate: 'tool_call_update',
    toolCallId,
    status: outcome.failed ? 'failed' : 'completed',
    content,
  });
  if (cancelled) throw new Cancelled();
  if (step.model && !outcome.failed) say(outcome.text);
}

async function attempt(tool: Tool): Promise<Outcome> {
  try {
    return await tool.perform();
  } catch (error) {
    return { text: (error as Error).message, failed: true };
  }
}

async function permitted(toolCallId: string, title: string, tool: Tool): Promise<boolean> {
  const answer = await request('session/request_permission', {
    sessionId,
    toolCall: { toolCallId, title, kind: tool.kind, status: 'pending' },
    options: [
      { optionId: 'allow', name: 'Allow once', kind: 'allow_once' },
      { optionId: 'reject', name: 'Reject', kind: 'reject_once' },
    ],
  });
  const outcome = answer.result?.outcome as { outcome?: string; optionId?: string } | undefined;
  if (outcome?.outcome === 'cancelled') throw new Cancelled();
  return outcome?.optionId === 'allow';
}

function editFile({ find, replace, ...name }: FileName & { find: string; replace: string }): Outcome {
  const file = nameOf(name);
  const oldText = fs.readFileSync(inside(file), 'utf8');
  if (!oldText.includes(find)) return { text: `${file} does not contain the text to replace`, failed: true };
  return writeFile(
    file,
    oldText.replace(find, () => replace),
    oldText,
  );
}

function writeFile(file: string, newText: string, oldText: string | null = null): Outcome {
  fs.mkdirSync(path.dirname(inside(file)), { recursive: true });
  fs.writeFileSync(inside(file), newText);
  return { text: `Wrote ${file}`, diff: { path: inside(file), oldText, newText } };
}

function runCommand([file, ...args]: string[]): Promise<Outcome> {
  return new Promise(resolve => {
    const child = spawn(file!, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', error => resolve({ text: error.message, failed: true }));
    child.on('close', (code, signal) =>
      resolve({ text: `${output}exit ${signal ?? code}`, failed: code !== 0 }),
    );
  });
}

async function askModel({ prompt: question, model }: { prompt: string; model?: string }): Promise<Outcome> {
  const base = process.env.OPENAI_BASE_URL;
  if (!base) return { text: 'OPENAI_BASE_URL is not set', failed: true };
  const response = await fetch(`${base}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${process.env.OPENAI_API_KEY ?? ''}`,
    },
    body: JSON.stringify({
      model: model ?? process.env.OPENAI_MODEL ?? 'default',
      messages: [{ role: 'user', content: text(question).text }],
    }),
  });
  const body = await response.text();
  if (!response.ok)
    return { text: `The model route answered ${response.status}: ${body.slice(0, 500)}`, failed: true };
  const completion = JSON.parse(body) as { choices: { message: { content: string } }[] };
  return { text: completion.choices[0]?.message.content ?? '' };
}

async function receive(message: Message) {
  if (message.method === undefined) {
    waiting.get(Number(message.id))?.(message);
    waiting.delete(Number(message.id));
    return;
  }
  if (message.method === 'session/cancel') {
    cancelled = true;
    running?.kill('SIGTERM');
  }
  if (message.id === undefined) return;
  const method = methods[message.method];
  if (!method) {
    send({
      id: message.id,
      error: { code: -32601, message: `Method not found: ${message.method}` },
    });
    return;
  }
  try {
    send({ id: message.id, result: await method(message.params ?? {}) });
  } catch (error) {
    send({ id: message.id, error: { code: -32603, message: (error as Error).message } });
  }
}

const input = createInterface({ input: process.stdin });
input.on('line', line => {
  if (line.trim()) void receive(JSON.parse(line) as Message);
});
input.on('close', () => process.exit(0)); // whoever spoke to us is gone for good
