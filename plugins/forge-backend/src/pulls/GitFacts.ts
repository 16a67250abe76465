/** What git says about a pull request at one moment. */
export type GitFacts =
  | { state: 'no-repository' }
  /** Neither the source branch nor a commit that was kept of it. */
  | { state: 'no-source'; targetSha?: string }
  | {
      state: 'ready';
      /** The source branch exists. Without it the last known commit counts. */
      sourceExists: boolean;
      headSha: string;
      /** Absent: the target branch does not exist. */
      targetSha?: string;
      mergeBaseSha?: string;
      /** What `refs/pull/<number>/head` keeps. */
      keptSha?: string;
      /** On the head and not on the target. */
      commits: number;
      changedFiles: number;
      additions: number;
      deletions: number;
      /** Empty: the merge is clean. */
      conflictingFiles: string[];
      /** The head that the pull request's status records is part of the target by now. */
      recordedHeadMerged: boolean;
    };

/** What is observed: facts, or that nobody looked since nothing of it changes any more. */
export type ObservedGit = GitFacts | { state: 'settled' };
