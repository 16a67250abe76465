import { Command } from 'commander';
import { ApiClient, ApiObject } from '../ApiClient';
import { contextOf } from '../context';
import { print, printJson, printTable } from '../output';

interface ListOptions {
  repository?: string;
  state: string;
  label?: string;
  assignee?: string;
}

interface CreateOptions {
  repository: string;
  title: string;
  body?: string;
  label?: string[];
  assignee?: string[];
}

/** Issues in words: what `get`, `apply` and a patch do as well. */
export function registerIssue(program: Command): void {
  const issue = program.command('issue').description('open, read, comment on and close issues');

  issue
    .command('list')
    .description('issues, the newest first')
    .option('--repository <name>', 'only those of a repository')
    .option('--state <state>', 'open, closed or all', 'open')
    .option('--label <word>', 'only those with a label')
    .option('--assignee <user>', 'only those of a user')
    .action(async (options: ListOptions, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const issues = await find(client, namespace(), options);
      if (json) printJson(issues);
      else printTable(['ISSUE', 'TITLE', 'STATE', 'LABELS', 'ASSIGNEES'], issues.map(rowOf));
    });

  issue
    .command('create')
    .description('open an issue')
    .requiredOption('--repository <name>', 'where it is at home')
    .requiredOption('--title <text>', 'what it is about')
    .option('--body <markdown>', 'the whole of it')
    .option('--label <word...>', 'words to find it by')
    .option('--assignee <user...>', 'who takes care of it')
    .action(async ({ label, assignee, ...spec }: CreateOptions, command: Command) => {
      const { client, json, namespace } = contextOf(command);
      const made = await client.create({
        apiVersion: 'krate.a5c.ai/v1alpha1',
        kind: 'Issue',
        metadata: { namespace: namespace() },
        spec: { ...spec, ...(label && { labels: label }), ...(assignee && { assignees: assignee }) },
      });
      if (json) printJson(made);
      else print(made.metadata.name);
    });

  change(
    issue,
    'comment <issue> <markdown>',
    'say something',
    body => ({ comment: { body } }),
    'commented on',
  );
  change(issue, 'close <issue>', 'close it', () => ({ state: 'closed', stateReason: 'completed' }), 'closed');
  change(issue, 'reopen <issue>', 'open it again', () => ({ state: 'open' }), 'open again');
}

function change(
  issue: Command,
  usage: string,
  description: string,
  specOf: (text: string) => Record<string, unknown>,
  done: string,
): void {
  issue
    .command(usage)
    .description(description)
    .action(async (name: string, ...rest: unknown[]) => {
      const command = rest.at(-1) as Command;
      const { client, json, namespace } = contextOf(command);
      const changed = await client.patch('Issue', namespace(), name, { spec: specOf(String(rest[0])) });
      if (json) printJson(changed);
      else print(`${name} is ${done}`);
    });
}

async function find(client: ApiClient, namespace: string, options: ListOptions): Promise<ApiObject[]> {
  const { repository, state, label, assignee } = options;
  const terms = [
    ...(repository ? [`spec.repository=${repository}`] : []),
    ...(state === 'all' ? [] : [`spec.state=${state}`]),
  ];
  const issues = await client.list(
    'Issue',
    namespace,
    terms.length ? { fieldSelector: terms.join(',') } : {},
  );
  return issues
    .filter(({ spec }) => !label || spec.labels?.includes(label))
    .filter(({ spec }) => !assignee || spec.assignees?.includes(assignee))
    .sort((a, b) => String(b.metadata.creationTimestamp).localeCompare(String(a.metadata.creationTimestamp)));
}

function rowOf({ metadata, spec, status }: ApiObject): string[] {
  return [
    metadata.name,
    spec.title,
    status?.phase ?? spec.state,
    (spec.labels ?? []).join(','),
    (spec.assignees ?? []).join(','),
  ];
}
