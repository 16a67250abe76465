import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Place, defineBenches } from '../harness/Bench';
import { startChild } from '../harness/Child';
import { timeOf } from '../harness/readings';
import { startKrate } from '../servers/startKrate';
import { NAMESPACE, ORGANIZATION } from '../sides/Sample';
import { NEEDLE, seedRepository } from '../sides/seedRepository';

const run = promisify(execFile);
const FILES = 10_000;
const REPOSITORY = 'large';

/** A Krate that hosts a repository of ten thousand files, and where that is on disk. */
async function openHost({ directory }: Place) {
  const krate = await startKrate({ directory, durability: 'durable', forge: true });
  const { root } = await krate.call<{ root: string }>('host', REPOSITORY);
  const gitDir = join(root, NAMESPACE, `${REPOSITORY}.git`);
  await seedRepository(gitDir, FILES);
  return { krate, root, gitDir };
}

export default defineBenches(
  {
    name: 'git-clone',
    title:
      'a bare clone of 10,000 files over HTTP with sign-in, rights and limits, against git http-backend behind a bare Node bridge',
    durability: 'none',
    rounds: 10,
    figures: [{ name: 'clone', unit: 'ms', reach: { at: 'most', ratio: 1.05 } }],
    open: async place => {
      const { krate, root } = await openHost(place);
      const bridge = await startChild(require.resolve('../servers/gitBridge.child'));
      const { port } = await bridge.call<{ port: number }>('start', { root });
      const to = join(place.directory, 'clone.git');
      const clone = (url: string, authorization?: string) => async () => {
        const header = authorization ? ['-c', `http.extraHeader=Authorization: ${authorization}`] : [];
        await run('git', [...header, 'clone', '--quiet', '--bare', url, to]);
        await rm(to, { recursive: true, force: true });
      };
      const ours = clone(
        `http://127.0.0.1:${krate.port}/git/${ORGANIZATION}/${REPOSITORY}.git`,
        `Basic ${Buffer.from(`dev:${krate.token}`).toString('base64')}`,
      );
      const peer = clone(`http://127.0.0.1:${port}/${NAMESPACE}/${REPOSITORY}.git`);
      return {
        ours: async () => ({ clone: await timeOf(ours, 1) }),
        peer: async () => ({ clone: await timeOf(peer, 1) }),
        close: async () => void (await Promise.all([krate.stop(), bridge.stop()])),
      };
    },
  },
  {
    name: 'code-search',
    title:
      'code search over 10,000 files by HTTP, with the rights of the reader, against git grep of the same commit',
    durability: 'none',
    rounds: 15,
    figures: [{ name: 'search', unit: 'ms', reach: { at: 'most', ratio: 1.15 } }],
    open: async place => {
      const { krate, gitDir } = await openHost(place);
      const url = `http://127.0.0.1:${krate.port}/api/krate/forge/${ORGANIZATION}/-/search?q=${NEEDLE}`;
      const headers = { Authorization: `Bearer ${krate.token}` };
      const ours = async () => {
        const { items } = await (await fetch(url, { headers })).json();
        if (items.length === 0) throw new Error('The search found nothing');
      };
      const peer = () =>
        run('git', ['--git-dir', gitDir, 'grep', '-n', '-I', '-i', '-F', '-e', NEEDLE, 'main']);
      return {
        ours: async () => ({ search: await timeOf(ours, 1) }),
        peer: async () => ({ search: await timeOf(peer, 1) }),
        close: () => krate.stop(),
      };
    },
  },
);
