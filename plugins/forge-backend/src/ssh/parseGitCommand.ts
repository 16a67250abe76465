import { GitService } from '../transport/openService';

export interface GitCommand {
  service: GitService;
  organization: string;
  name: string;
}

/**
 * The only commands there are: `git-upload-pack '/<organization>/<repository>.git'` and its sister, as git clients quote
 * them. Nothing is ever given to a shell.
 */
export function parseGitCommand(command: string): GitCommand | undefined {
  const found =
    /^git[- ](upload-pack|receive-pack) '\/?([a-z0-9-]{1,63})\/([A-Za-z0-9._-]{1,110}?)(?:\.git)?\/?'$/.exec(
      command,
    );
  if (!found) return undefined;
  return { service: `git-${found[1]}` as GitService, organization: found[2], name: found[3] };
}
