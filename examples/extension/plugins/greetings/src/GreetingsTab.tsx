import { Greeting } from '@acme/plugin-greetings-common';
import {
  EmptyState,
  explorerPath,
  ResourceTable,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';

/** The greetings of the repository's organization. */
export function GreetingsTab() {
  const { organization, namespace } = useRepository();
  const list = useResourceList(Greeting, { namespace });
  return (
    <ResourceTable
      label="Greetings"
      kind={Greeting}
      list={list}
      rowPath={({ metadata }) => explorerPath(organization, Greeting.plural, metadata.name)}
      empty={<EmptyState title="Nobody is greeted yet" />}
    />
  );
}
