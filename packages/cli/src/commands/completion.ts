import { Command } from 'commander';
import { CliError, EXIT } from '../CliError';
import { print } from '../output';

const optionsOf = (command: Command) => command.options.flatMap(({ long }) => (long ? [long] : []));
/** Single quotes end a shell's word; descriptions do without them. */
const quoted = (text: string) => `'${text.replace(/'/g, '’')}'`;

/** Commands first, then the options of the command; files by the shell itself. */
function bash(program: Command): string {
  const globals = optionsOf(program).join(' ');
  const cases = program.commands.map(
    command =>
      `    ${command.name()}) words="${[...command.commands.map(sub => sub.name()), ...optionsOf(command), globals].join(' ')}" ;;`,
  );
  return `_krate() {
  local words="${program.commands.map(command => command.name()).join(' ')} ${globals}" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
${cases.map(line => `    ${line}`).join('\n')}
        *) continue ;;
    esac
    break
  done
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _krate krate
`;
}

function zsh(program: Command): string {
  const commands = program.commands.map(
    command => `    ${quoted(`${command.name()}:${command.description().replace(/:/g, ' ')}`)}`,
  );
  return `#compdef krate
_krate() {
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; else _files; fi
}
compdef _krate krate
`;
}

function fish(program: Command): string {
  return program.commands
    .map(
      command =>
        `complete -c krate -n __fish_use_subcommand -a ${command.name()} -d ${quoted(command.description())}\n`,
    )
    .join('');
}

/** Completion of commands and options; kinds and names are left out, since asking the server would block the shell. */
export function completionScript(program: Command, shell: string): string {
  const scripts: Record<string, (program: Command) => string> = { bash, zsh, fish };
  if (!Object.hasOwn(scripts, shell))
    throw new CliError(`No completion for ${shell}; there is bash, zsh and fish.`, EXIT.usage);
  return scripts[shell](program);
}

export function registerCompletion(program: Command): void {
  program
    .command('completion <shell>')
    .description('print a completion script: source <(krate completion bash)')
    .action((shell: string) => print(completionScript(program, shell)));
}
