/** A file in each repository whose modification time is the time of the last push. */
export const LAST_PUSH_FILE = 'krate-last-push';

/** Configuration every repository has. Objects that arrive are checked, and nothing packs or prunes on its own. */
export const REPOSITORY_CONFIG: Readonly<Record<string, string>> = {
  'core.logAllRefUpdates': 'always',
  'core.fsync': 'loose-object,pack,pack-metadata,reference',
  'core.filesRefLockTimeout': '5000',
  'transfer.fsckObjects': 'true',
  'receive.advertisePushOptions': 'false',
  'receive.autogc': 'false',
  'receive.denyDeleteCurrent': 'ignore',
  'receive.denyCurrentBranch': 'ignore',
  'receive.updateServerInfo': 'false',
  'gc.auto': '0',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowAnySHA1InWant': 'false',
  'uploadpack.allowReachableSHA1InWant': 'true',
  'repack.writeBitmaps': 'true',
};
