import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { KrateApi, krateApiRef } from '../api/KrateApi';

const answers = new WeakMap<KrateApi, Promise<string>>();

/** The name under which the server records what the signed-in person does; undefined until it is known. */
export function useWhoAmI(): string | undefined {
  const api = useApi(krateApiRef);
  const [name, setName] = useState<string>();
  useEffect(() => {
    let current = true;
    const answer =
      answers.get(api) ?? api.request('whoami').then(async response => (await response.json()).name);
    answers.set(api, answer);
    answer.then(
      found => current && setName(found),
      () => answers.delete(api),
    );
    return () => {
      current = false;
    };
  }, [api]);
  return name;
}
