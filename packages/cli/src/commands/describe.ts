import { stringify } from 'yaml';
import { ApiObject } from '../ApiClient';

function section(title: string, value: unknown): string {
  if (value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)) return '';
  return `\n${title}:\n${stringify(value).replace(/^/gm, '  ').trimEnd()}\n`;
}

/** One object for a person: identity, spec, status, conditions and events, in the order one asks for them. */
export function describeObject(object: ApiObject, events: ApiObject[]): string {
  const { conditions = [], ...status } = object.status ?? {};
  const conditionLines = conditions.map(
    (condition: any) => `  ${condition.type.padEnd(20)} ${condition.status.padEnd(8)} ${condition.reason}: ${condition.message}`,
  );
  const eventLines = events.map(
    (event: any) => `  ${event.lastTimestamp ?? ''}  ${event.type ?? ''}  ${event.reason ?? ''}: ${event.message ?? ''}`,
  );
  return [
    `Kind:       ${object.kind}`,
    `Name:       ${object.metadata.name}`,
    object.metadata.namespace ? `Namespace:  ${object.metadata.namespace}` : undefined,
    `Created:    ${object.metadata.creationTimestamp ?? ''}`,
    section('Labels', object.metadata.labels),
    section('Spec', object.spec),
    section('Status', status),
    `\nConditions:\n${conditionLines.length > 0 ? conditionLines.join('\n') : '  none: no controller has reported'}`,
    `\nEvents:\n${eventLines.length > 0 ? eventLines.join('\n') : '  none'}`,
  ]
    .filter(part => part !== undefined && part !== '')
    .join('\n');
}
