import { Command } from 'commander';
import { readConfiguration } from '../Configuration';
import { print } from '../output';

/** Reads git's `key=value` lines: https://git-scm.com/docs/git-credential#IOFMT */
export function parseCredentialInput(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter(line => line.includes('='))
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

export function registerGitCredential(program: Command): void {
  program
    .command('git-credential <operation>')
    .description(
      'git credential helper: git config --global credential.<server>.helper "!krate git-credential"',
    )
    .action(async (operation: string) => {
      if (operation !== 'get') return;
      let text = '';
      for await (const chunk of process.stdin) text += chunk;
      const asked = parseCredentialInput(text);
      const configuration = readConfiguration();
      const server = new URL(configuration.server);
      // Silence lets git ask its next helper; the token is only ever handed to its own server.
      if (asked.host !== server.host || `${asked.protocol}:` !== server.protocol) return;
      print(`username=${configuration.user || 'krate'}\npassword=${configuration.token}`);
    });
}
