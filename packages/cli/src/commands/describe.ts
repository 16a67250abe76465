import { Command } from 'commander';
import { stringify } from 'yaml';
import { ApiObject } from '../ApiClient';
import { contextOf, getObject } from '../context';
import { print, printJson } from '../output';
import { parseNamedTarget } from '../parseTarget';

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

const isEmpty = (value: unknown) =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

function section(title: string, value: unknown): string {
  return isEmpty(value)
    ? ''
    : `${title}:\n${stringify(value, { lineWidth: 0 })
        .replace(/^(?=.)/gm, '  ')
        .trimEnd()}`;
}

function lines(title: string, found: string[], none: string): string {
  return `${title}:\n${(found.length > 0 ? found : [none]).map(line => `  ${line}`).join('\n')}`;
}

/**
 * One object for a person: identity, spec, status, conditions and events, in the order one asks for them.
 *
 * @param unattended - no controller is installed for its kind
 */
export function describeObject(
  object: ApiObject,
  events: ApiObject[],
  { unattended = false }: { unattended?: boolean } = {},
): string {
  const { apiVersion: _apiVersion, kind, metadata, spec, status = {}, ...payload } = object;
  const { conditions = [], ...rest } = status as { conditions?: Condition[] };
  const identity = [
    ['Kind', kind],
    ['Name', metadata.name],
    ['Namespace', metadata.namespace],
    ['Created', metadata.creationTimestamp],
    ['Deleting', metadata.deletionTimestamp],
  ];
  const width = Math.max(...conditions.map(({ type }) => type.length), 0);
  const byTime = [...events].sort((a, b) => String(a.lastTimestamp).localeCompare(String(b.lastTimestamp)));
  return [
    identity.flatMap(([title, value]) => (value ? [`${`${title}:`.padEnd(12)}${value}`] : [])).join('\n'),
    section('Labels', metadata.labels),
    section('Spec', spec),
    // Core kinds keep their payload beside the metadata.
    section('Content', payload),
    section('Status', rest),
    lines(
      'Conditions',
      conditions.map(
        ({ type, status: state, reason, message }) =>
          `${type.padEnd(width)}  ${state.padEnd(7)}  ${reason}: ${message}`,
      ),
      unattended ? `none: no controller is installed for ${kind}` : 'none: no controller has reported',
    ),
    lines(
      'Events',
      byTime.map(
        event =>
          `${event.lastTimestamp ?? ''}  ${event.type ?? ''}  ${event.reason ?? ''}: ${event.message ?? ''}`,
      ),
      'none',
    ),
  ]
    .filter(Boolean)
    .join('\n\n');
}

export function registerDescribe(program: Command): void {
  program
    .command('describe <target...>')
    .description('tell about one object: its fields, conditions and events')
    .action(async (words: string[], _options, command: Command) => {
      const context = contextOf(command);
      const { kind, name } = parseNamedTarget(words, 'Describe');
      const object = await getObject(context, kind, name);
      const { namespace = '', uid = '' } = object.metadata;
      const events = namespace
        ? await context.client.list('Event', namespace, { fieldSelector: `involvedObject.uid=${uid}` })
        : [];
      if (context.json) printJson({ object, events });
      else print(describeObject(object, events, await context.client.resource(kind)));
    });
}
