import { Contest, Sample } from './Bench';

/** The four readings of a round: ours, peer, peer, ours. */
export interface Round {
  ours: readonly [Sample, Sample];
  peer: readonly [Sample, Sample];
}

/**
 * Measures in turns, ABBA: what the machine does meanwhile, slowly or once, meets both sides alike. A first round is
 * thrown away, since it pays for compilers and caches.
 */
export async function measure(contest: Contest, rounds: number): Promise<Round[]> {
  await oneRound(contest);
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await oneRound(contest));
  return measured;
}

async function oneRound({ ours, peer }: Contest): Promise<Round> {
  const first = await ours();
  const second = await peer();
  const third = await peer();
  const fourth = await ours();
  return { ours: [first, fourth], peer: [second, third] };
}
