export * from './git/GitError';
export * from './git/GitRunner';
export * from './git/names';
export * from './refs/RefJudge';
export { HOOK_DESCRIPTOR } from './refs/receiveHook';
export * from './GitRepositories';
export * from './gitRepositoriesServiceRef';
export * from './sandbox/OuterNamespace';
export * from './sandbox/UnreachablePath';
