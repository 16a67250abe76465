import { History } from '../history/History';
import { describeWrite } from './describeWrite';

/** One answered question, as far as revisions are concerned. */
interface Answer {
  invoked: number;
  completed: number;
  /** Absent for a list, which tells of all objects. */
  key?: string;
  revision: number;
  what: string;
  /** Reads may tell what is known; a write is always later. */
  isWrite: boolean;
}

/** What was answered so far. */
class Newest {
  private ofAll = 0;
  private readonly ofKey = new Map<string, number>();

  floorOf({ key, isWrite }: Answer): number {
    if (isWrite) return this.ofAll + 1;
    return key === undefined ? this.ofAll : (this.ofKey.get(key) ?? 0);
  }

  raise({ key, revision }: Answer): void {
    this.ofAll = Math.max(this.ofAll, revision);
    if (key !== undefined) this.ofKey.set(key, Math.max(this.ofKey.get(key) ?? 0, revision));
  }
}

/**
 * One counter for everything: no revision is given twice, whoever begins after an answer never meets an earlier revision than
 * the answer had, and no object ever goes back. Also over restarts, which the history does not even show.
 */
export function revisionsRise(history: History): string[] {
  return [...givenTwice(history), ...wentBack(answersOf(history))];
}

function givenTwice({ writes }: History): string[] {
  const given = new Map<number, string>();
  return writes.flatMap(write => {
    if (write.revision === undefined) return [];
    const before = given.get(write.revision);
    given.set(write.revision, describeWrite(write));
    return before === undefined ? [] : [`${describeWrite(write)}, as ${before}`];
  });
}

function answersOf({ writes, reads, lists }: History): Answer[] {
  return [
    ...writes.flatMap(write => {
      const { revision } = write;
      return revision === undefined
        ? []
        : [{ ...write, revision, what: describeWrite(write), isWrite: true }];
    }),
    ...reads.flatMap(({ item, client, ...asked }) => {
      if (!item) return [];
      const { key, revision } = item;
      return [{ ...asked, key, revision, what: `${client} read ${key} at ${revision}`, isWrite: false }];
    }),
    ...lists.map(({ snapshot: { revision }, client, ...asked }) => ({
      ...{ ...asked, revision, what: `${client} listed at ${revision}`, isWrite: false },
    })),
  ];
}

/** Walks through the history in its order: every answer raises what later questions must reach. */
function wentBack(answers: readonly Answer[]): string[] {
  const newest = new Newest();
  const least = new Map<Answer, number>();
  const steps = answers.flatMap(answer => [
    { at: answer.invoked, answer, isAnswered: false },
    { at: answer.completed, answer, isAnswered: true },
  ]);
  return steps
    .sort((a, b) => a.at - b.at)
    .flatMap(({ answer, isAnswered }) => {
      if (!isAnswered) {
        least.set(answer, newest.floorOf(answer));
        return [];
      }
      newest.raise(answer);
      const floor = least.get(answer)!;
      return answer.revision < floor ? [`${answer.what}, after ${floor} could be expected`] : [];
    });
}
