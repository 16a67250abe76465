import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A piece of view state that lives in the address, so that a filtered page can be sent to a colleague. */
export function useAddressParameter(
  name: string,
  initial = '',
): [value: string, set: (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          if (value === initial) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [setParameters, name, initial],
  );
  return [parameters.get(name) ?? initial, set];
}
