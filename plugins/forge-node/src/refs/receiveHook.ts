import { Duplex } from 'node:stream';
import { createInterface } from 'node:readline';

/** The descriptor on which the hook finds the backend; the third entry of `stdio` when git is spawned. */
export const HOOK_DESCRIPTOR = 3;

/**
 * The pre-receive hook of every repository. It speaks to the backend over a socket that the backend left open for git
 * (`HOOK_DESCRIPTOR`), so it needs no address, no secret and no program but a shell (measured: a third of what a Node script adds
 * to a push). Without the socket, or when the backend is gone, it refuses.
 */
export const PRE_RECEIVE_HOOK = `#!/bin/sh
# Written by Krate: asks the backend that started git whether these refs may move. Changes are overwritten.
refuse() { echo "krate: $1" >&2; exit 1; }
{ printf 'objects %s\\n' "$GIT_OBJECT_DIRECTORY" >&${HOOK_DESCRIPTOR}; } 2>/dev/null || refuse 'pushes go through the server only'
while IFS= read -r line; do
  printf 'update %s\\n' "$line" >&${HOOK_DESCRIPTOR} || refuse 'the server went away'
done
printf 'end\\n' >&${HOOK_DESCRIPTOR} || refuse 'the server went away'
while IFS= read -r answer <&${HOOK_DESCRIPTOR}; do
  case "$answer" in
    ok) exit 0 ;;
    no) exit 1 ;;
    'say '*) printf '%s\\n' "\${answer#say }" >&2 ;;
  esac
done
refuse 'the server went away'
`;

/** What a hook asks: the proposed updates, and where git keeps the objects that came with them. */
export interface HookQuestion {
  /** The incoming objects' directory; absent when nothing came (a deletion). */
  objects?: string;
  updates: { ref: string; oldSha: string; newSha: string }[];
}

export interface HookAnswer {
  accept: boolean;
  /** Lines for the person who pushes. */
  say: string[];
}

/** Answers the one question that the hook behind `socket` asks. Any failure is a refusal. */
export async function answerHook(
  socket: Duplex,
  answer: (question: HookQuestion) => Promise<HookAnswer>,
): Promise<void> {
  // A client that goes away takes the hook with it; there is nobody left to tell.
  socket.on('error', () => {});
  const question = await readQuestion(socket);
  if (!question) return;
  const result = await answer(question).catch(() => ({
    accept: false,
    say: ['krate: the server could not check this push; try again'],
  }));
  const lines = result.say.map(line => `say ${line.replace(/[\r\n]+/g, ' ')}\n`).join('');
  socket.end(`${lines}${result.accept ? 'ok' : 'no'}\n`);
}

async function readQuestion(socket: Duplex): Promise<HookQuestion | undefined> {
  const question: HookQuestion = { updates: [] };
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (line === 'end') return question;
    if (line.startsWith('objects ')) question.objects = line.slice('objects '.length) || undefined;
    const update = /^update ([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/.exec(line);
    if (update) question.updates.push({ oldSha: update[1], newSha: update[2], ref: update[3] });
  }
  return undefined;
}
