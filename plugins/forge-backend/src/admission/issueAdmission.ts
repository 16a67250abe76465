import { randomUUID } from 'node:crypto';
import { AdmissionRequest, AdmissionRule, principalName } from '@krate/plugin-control-plane-node';
import { Issue, Repository } from '@krate/plugin-forge-common';
import { ownedBy } from './ownedBy';
import { forbidden, invalid } from './refuse';

type Request = AdmissionRequest<typeof Issue>;

/** An author nobody can claim to be, comments that stay their authors', and a home that takes the issue along when it goes. */
export const issueAdmission: AdmissionRule<typeof Issue> = {
  name: 'forge-issue',
  kinds: [Issue],
  operations: ['create', 'update'],
  async admit(request) {
    const { object, oldObject, principal, operation } = request;
    if (operation === 'update') object.spec.author = oldObject!.spec.author;
    // The system opens what an agent or another tracker reported, in its name.
    else if (principal.type !== 'system' || !object.spec.author)
      object.spec.author = principalName(principal);
    keepComments(request);
    stampClosing(request);
    if (operation === 'create') await livesAtHome(request);
  },
};

async function livesAtHome({ object, namespace, client }: Request): Promise<void> {
  const { repository: name } = object.spec;
  if (name === undefined) return;
  const repository = await client.get(Repository, { namespace, name });
  if (!repository) throw invalid('REPOSITORY_MISSING', 'spec.repository', 'The repository does not exist');
  ownedBy(object, repository);
}

/** The list is the server's: whatever a write says of it, it is as it was, with the one comment that the write makes. */
function keepComments({ object, oldObject, principal }: Request): void {
  const { comment } = object.spec;
  const before = oldObject?.spec.comments ?? [];
  delete object.spec.comment;
  object.spec.comments = before;
  if (!comment) return;
  const at = new Date().toISOString();
  const author = principalName(principal);
  if (comment.id === undefined) {
    if (!comment.body.trim()) throw invalid('COMMENT_EMPTY', 'spec.comment.body', 'It says nothing');
    object.spec.comments = [...before, { id: randomUUID().slice(0, 13), author, at, body: comment.body }];
    return;
  }
  const own = before.find(({ id }) => id === comment.id);
  if (!own) throw invalid('COMMENT_MISSING', 'spec.comment.id', 'There is no comment with this id');
  if (own.author !== author)
    throw forbidden('COMMENT_OF_ANOTHER', 'Only its author changes a comment', 'spec.comment.id');
  object.spec.comments = before.flatMap(one => {
    if (one !== own) return [one];
    return comment.body.trim() ? [{ ...one, body: comment.body, editedAt: at }] : [];
  });
}

/** Who closed it and when; the system may say which commit or pull request did. */
function stampClosing({ object, oldObject, principal }: Request): void {
  const { spec } = object;
  const before = oldObject?.spec;
  if (spec.state === 'open') {
    delete spec.closed;
    delete spec.stateReason;
  } else if (before?.state === 'closed') {
    spec.closed = before.closed;
  } else if (principal.type !== 'system' || !spec.closed) {
    spec.closed = { at: new Date().toISOString(), by: principalName(principal) };
  }
}
