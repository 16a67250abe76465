import { EffectIntent } from '@krate/controller-runtime';
import { organizationOf } from '@krate/plugin-control-plane-common';
import { Issue } from '@krate/plugin-forge-common';
import { People } from './tellPeopleEffect';

/** What is older was told, or nobody cares any more: after an upgrade nobody is told of years at once. */
const NEWS_MS = 24 * 60 * 60 * 1000;
const MENTION = /(?:^|[^\w`/])@([a-z0-9][a-z0-9-]*)/g;

/** Who is told what about an issue: its assignees that it is theirs, those who take part what is said and that it is closed. */
export function issueNotices(issue: Issue, now: Date): EffectIntent[] {
  const { metadata, spec } = issue;
  const isNews = (at: string) => now.getTime() - Date.parse(at) < NEWS_MS;
  const called = `${spec.title}${spec.number ? ` #${spec.number}` : ''}`;
  const notice = (
    key: string,
    people: Pick<People, 'users' | 'logins' | 'except' | 'title' | 'description'>,
  ) => ({
    name: 'tell-people',
    key,
    input: {
      namespace: metadata.namespace!,
      link: `/orgs/${organizationOf(metadata.namespace)}/issues/${metadata.name}`,
      scope: `issue/${metadata.uid}/${key}`,
      topic: 'issues',
      ...people,
    } satisfies People,
  });
  const takePart = [spec.author ?? '', ...spec.comments.map(({ author }) => author)];
  const assigned = spec.assignees.map(user =>
    notice(`assigned-${user}`, {
      users: [user],
      logins: [],
      except: spec.author,
      title: `Assigned to you: ${called}`,
      description: excerpt(spec.body ?? ''),
    }),
  );
  const said = spec.comments
    .filter(({ at }) => isNews(at))
    .map(({ id, author, body }) =>
      notice(`comment-${id}`, {
        users: [...spec.assignees, ...mentionsIn(body)],
        logins: takePart,
        except: author,
        title: `${author} on ${called}`,
        description: excerpt(body),
      }),
    );
  const over =
    spec.closed && isNews(spec.closed.at)
      ? [
          notice(`closed-${Date.parse(spec.closed.at)}`, {
            users: spec.assignees,
            logins: takePart,
            except: spec.closed.by,
            title: `Closed: ${called}`,
            description: spec.closed.pullRequest
              ? `By ${spec.closed.pullRequest}`
              : `By ${spec.closed.by ?? 'someone'}`,
          }),
        ]
      : [];
  return [...assigned, ...said, ...over];
}

function mentionsIn(text: string): string[] {
  return [...text.matchAll(MENTION)].map(([, name]) => name);
}

function excerpt(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
