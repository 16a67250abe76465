import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';

export interface StreamLines {
  /** Complete lines, in order. The array grows; it is a new array only when it changed. */
  lines: string[];
  /** No more will come. */
  sealed: boolean;
  loading: boolean;
  error?: Error;
}

/** A stream of an object as lines, live and resumed after a lost connection without a gap or a repeat. */
export function useStream(
  stream: { resource: string; namespace: string; name: string; stream: string } | undefined,
): StreamLines {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<StreamLines>({ lines: [], sealed: false, loading: true });
  const key = stream && `${stream.resource}/${stream.namespace}/${stream.name}/${stream.stream}`;
  const target = useRef(stream);
  target.current = stream;

  useEffect(() => {
    const wanted = target.current;
    if (!wanted) return undefined;
    const complete: string[] = [];
    let rest = '';
    let offset = 0;
    let sealed = false;
    let scheduled = 0;
    const publish = () => {
      if (scheduled) return;
      scheduled = window.setTimeout(() => {
        scheduled = 0;
        setState({ lines: [...complete], sealed, loading: false });
      }, 50);
    };
    setState({ lines: [], sealed: false, loading: true });
    const unsubscribe = api.live.subscribe({
      request: () => ({ stream: wanted, offset }),
      restart: () => {},
      receive: event => {
        if (event.type === 'DATA') {
          const bytes = new TextEncoder().encode(event.data).length;
          if (event.offset + bytes <= offset) return;
          offset = event.offset + bytes;
          const parts = (rest + event.data).split('\n');
          rest = parts.pop()!;
          complete.push(...parts);
        }
        if (event.type === 'SEALED') sealed = true;
        if (event.type === 'ERROR') {
          const error = new Error(event.status.message ?? 'The stream ended early');
          setState(previous => ({ ...previous, loading: false, error }));
          return;
        }
        publish();
      },
    });
    return () => {
      window.clearTimeout(scheduled);
      unsubscribe();
    };
  }, [api, key]);

  return state;
}
