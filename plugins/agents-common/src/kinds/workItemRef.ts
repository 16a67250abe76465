import { NAME_PATTERN } from '@krate/resource-model';
import { z } from 'zod';

/** What work is about: an issue or a pull request of the same organization. */
export const workItemRef = z.object({
  kind: z.enum(['Issue', 'PullRequest']).default('Issue').describe('Its kind.'),
  name: z.string().max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name, for example `web-2`.'),
});

/** Where a link came from. */
export const linkSource = z
  .enum(['manual', 'dispatch', 'trigger', 'import'])
  .default('manual')
  .describe('What made the link.');
