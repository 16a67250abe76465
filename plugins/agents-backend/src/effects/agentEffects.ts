import { readFile } from 'node:fs/promises';
import { defineEffect, EffectError } from '@krate/controller-runtime';
import { KrateArtifact } from '@krate/plugin-agents-common';
import { StreamService } from '@krate/plugin-control-plane-node';
import { AgentRuns } from '../agent/AgentRuns';
import { AgentRunInput, AgentRunProgress, AgentRunResult } from '../agent/AgentRunTypes';
import { Layout } from '../agent/Layout';
import { digestOfPatch } from '../takeback/bringWorkBack';

interface Answer {
  attemptUid: string;
  requestId: string;
  decision: 'allow_once' | 'reject_once';
  by?: string;
}

interface StoredArtifact {
  namespace: string;
  name: string;
  uid: string;
  attemptUid: string;
  digest: string;
}

interface StreamsOwner {
  resource: string;
  namespace: string;
  name: string;
  uid: string;
}

/** Lives as long as an agent works: launches it or takes it up again. */
export function agentProcessEffect(runs: AgentRuns) {
  return defineEffect<AgentRunInput, AgentRunResult, AgentRunProgress>({
    name: 'agent-process',
    concurrency: Infinity,
    observe: (_key, input) => runs.observe(input),
    perform: (_key, input, ctx) => runs.perform(input, ctx),
  });
}

/** Brings a decision to the agent that waits for it, once: the journal says whether it arrived. */
export function answerPermissionEffect(runs: AgentRuns) {
  return defineEffect<Answer, Record<string, never>>({
    name: 'answer-permission',
    maxAttempts: 1000,
    concurrency: 16,
    observe: async (_key, { attemptUid, requestId }) =>
      (await runs.isAnswered(attemptUid, requestId)) ? { state: 'done', result: {} } : { state: 'absent' },
    async perform(_key, { attemptUid, requestId, decision, by }) {
      await runs.answer(attemptUid, requestId, decision, by);
      return {};
    },
  });
}

/** Removes what an attempt keeps on this host, and its transcript. */
export function removeRunDirectoryEffect(runs: AgentRuns, streams: StreamService) {
  return defineEffect<{ namespace: string; attempt: string; attemptUid: string }, Record<string, never>>({
    name: 'remove-run-directory',
    observe: async () => ({ state: 'absent' }),
    async perform(_key, { namespace, attempt, attemptUid }) {
      await runs.remove(attemptUid);
      await streams.deleteAll({
        resource: 'agentdispatchattempts',
        namespace,
        name: attempt,
        uid: attemptUid,
      });
      return {};
    },
  });
}

/** Puts the patch of a run into its artifact's stream, if it is the one that was announced. */
export function storeArtifactEffect(streams: StreamService, layout: Layout) {
  const keyOf = ({ namespace, name, uid }: StoredArtifact) => ({
    resource: KrateArtifact.plural,
    namespace,
    name,
    uid,
    stream: 'content',
  });
  return defineEffect<StoredArtifact, Record<string, never>>({
    name: 'store-artifact',
    async observe(_key, input) {
      const stream = await streams.stat(keyOf(input));
      return stream?.sealed ? { state: 'done', result: {} } : { state: 'absent' };
    },
    async perform(_key, input) {
      const content = await readFile(layout.patch(input.attemptUid)).catch(() => undefined);
      if (!content)
        throw new EffectError('artifact-missing', 'The patch of the run is not on this host any more');
      if (digestOfPatch(content) !== input.digest)
        throw new EffectError('digest-mismatch', 'The patch of the run is not the one that was announced');
      await streams.append(keyOf(input), content, { offset: 0 });
      await streams.seal(keyOf(input));
      return {};
    },
  });
}

/** Removes the streams of a deleted object. */
export function removeStreamsEffect(streams: StreamService) {
  return defineEffect<StreamsOwner, Record<string, never>>({
    name: 'remove-streams',
    observe: async () => ({ state: 'absent' }),
    async perform(_key, owner) {
      await streams.deleteAll(owner);
      return {};
    },
  });
}
