import { Command } from 'commander';
import { createProgram } from './createProgram';

/** The reference page of the command in Markdown, from what it says about itself. */
export function commandReference(): string {
  const program = createProgram();
  const sections = leavesOf(program).map(({ words, command }) => [
    `## \`${['krate', ...words, command.usage().replace('[options]', '').trim()].filter(Boolean).join(' ')}\``,
    `${sentence(command.description())}${optionTable(command)}`,
  ]);
  return `${['# krate', sentence(program.description()), '## Everywhere', optionTable(program).trim(), ...sections.flat()].join('\n\n')}\n`;
}

/** The commands that do something, with the words that lead to them. */
function leavesOf(parent: Command, before: string[] = []): { words: string[]; command: Command }[] {
  return parent.commands.flatMap(command => {
    const words = [...before, command.name()];
    return command.commands.length > 0 ? leavesOf(command, words) : [{ words, command }];
  });
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  // Placeholders such as <server> would be taken for HTML.
  return `${capital.replace(/\.$/, '').replace(/</g, '\\<')}.`;
}

function optionTable({ options }: Command): string {
  if (options.length === 0) return '';
  const rows = options.map(option => {
    const cells = [
      `\`${option.flags}\``,
      option.description,
      byDefault(option.defaultValue),
      option.mandatory ? 'yes' : '',
    ];
    return `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  });
  return ['', '', '| Option | What it does | Default | Needed |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function byDefault(value: unknown): string {
  return value === undefined || value === false ? '' : `\`${value}\``;
}
