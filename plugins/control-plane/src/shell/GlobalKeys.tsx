import { useApi } from '@backstage/core-plugin-api';
import {
  KeyBinding,
  KeyboardHelp,
  menuAddress,
  menuApiRef,
  organizationPath,
  useKeyBindings,
} from '@krate/plugin-control-plane-react';
import { useMemo } from 'react';
import { useNavigate } from 'react-router-dom';

/** Keys that work on every page: `g` and a letter goes somewhere, `n` and a letter begins something, `/` searches. */
export function GlobalKeys({ organization }: { organization: string | undefined }) {
  const { pages, actions } = useApi(menuApiRef);
  const navigate = useNavigate();
  const bindings = useMemo(() => {
    const binding = (key: string, description: string, to: string): KeyBinding => ({
      key,
      description,
      everywhere: true,
      run: () => navigate(to),
    });
    const ofPages = pages.flatMap(({ key, title, path }) =>
      key && organization ? [binding(`g ${key}`, title, organizationPath(organization, ...path))] : [],
    );
    const ofActions = actions.flatMap(({ key, title, to }) =>
      key && organization
        ? [
            binding(
              `n ${key}`,
              title,
              menuAddress(organization, typeof to === 'function' ? to(organization) : to),
            ),
          ]
        : [],
    );
    return [binding('/', 'Search', '/search'), ...ofPages, ...ofActions];
  }, [pages, actions, organization, navigate]);
  return (
    <>
      {/* Another list of keys is another component: the keys of one that is mounted are taken as they come. */}
      <Bindings bindings={bindings} />
      <KeyboardHelp />
    </>
  );
}

function Bindings({ bindings }: { bindings: readonly KeyBinding[] }) {
  useKeyBindings(bindings);
  return null;
}
