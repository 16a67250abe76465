import { Command } from 'commander';
import { CliError, EXIT } from '../CliError';
import { print } from '../output';

/** Completion by name of command and option; kinds are left to the shell's history, since asking the server would block it. */
export function completionScript(program: Command, shell: string): string {
  const commands = program.commands.map(command => command.name()).join(' ');
  const options = program.options.map(option => option.long).join(' ');
  if (shell === 'bash') {
    return `_krate() { COMPREPLY=($(compgen -W "${commands} ${options}" -- "\${COMP_WORDS[COMP_CWORD]}")); }\ncomplete -o default -F _krate krate\n`;
  }
  if (shell === 'zsh') {
    return `#compdef krate\n_arguments '1:command:(${commands})' '*::options:(${options})'\n`;
  }
  if (shell === 'fish') {
    return program.commands
      .map(command => `complete -c krate -n __fish_use_subcommand -a ${command.name()} -d '${command.description().replace(/'/g, '')}'`)
      .join('\n');
  }
  throw new CliError(`No completion for ${shell}; there is bash, zsh and fish.`, EXIT.usage);
}

export function registerCompletion(program: Command): void {
  program
    .command('completion <shell>')
    .description('print a completion script: source <(krate completion bash)')
    .action((shell: string) => print(completionScript(program, shell)));
}
