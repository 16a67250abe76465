import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import {
  EmptyState,
  ResourceTable,
  Section,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import { useEffect, useMemo, useState } from 'react';
import { pullRequestPath } from '../api/links';
import { pullRequestColumnsWithRepository } from '../pulls/columns';
import { isOpen } from '../pulls/PullRequestList';

const COLUMNS = pullRequestColumnsWithRepository.filter(({ name }) =>
  ['Repository', 'Author', 'Checks'].includes(name),
);
const oldestFirst = (a: PullRequest, b: PullRequest) =>
  a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp);

/** The name of the person who is signed in. */
function useViewer(): string | undefined {
  const identity = useApi(identityApiRef);
  const [name, setName] = useState<string>();
  useEffect(() => {
    let current = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => current && setName(userEntityRef.split('/').pop()),
      // Without an identity nothing is left out of the list.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [identity]);
  return name;
}

/** Open pull requests of others that nobody has given a verdict on. */
export function PullRequestsToReview() {
  const { organization, namespace } = useOrganization();
  const viewer = useViewer();
  const list = useResourceList(PullRequest, { namespace });
  const waiting = useMemo(
    () => ({
      ...list,
      items: list.items.filter(
        pull =>
          isOpen(pull) &&
          !pull.spec.draft &&
          (pull.status?.reviewDecision ?? 'none') === 'none' &&
          pull.spec.author !== viewer,
      ),
    }),
    [list, viewer],
  );
  return (
    <Section title="Pull requests to review" flush>
      <ResourceTable
        label="Pull requests to review"
        list={waiting}
        columns={COLUMNS}
        order={oldestFirst}
        titleColumn="Title"
        rowTitle={pull => pull.spec.title}
        rowPath={pull => pullRequestPath(organization, pull.metadata.name)}
        filterParameter={false}
        keyboard={false}
        empty={<EmptyState title="No pull request waits for a review" />}
      />
    </Section>
  );
}
