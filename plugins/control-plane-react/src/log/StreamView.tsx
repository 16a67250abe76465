import { useStream } from '../hooks/useStream';
import { LogView, LogViewProps } from './LogView';

/** A stream of an object, live. */
export function StreamView({
  source,
  ...view
}: Omit<LogViewProps, 'stream'> & {
  source: { resource: string; namespace: string; name: string; stream: string };
}) {
  return <LogView stream={useStream(source)} {...view} />;
}
