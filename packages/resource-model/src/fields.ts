import { z } from 'zod';

/** Fields that kinds of several areas share. Each call gives a schema of its own, to be described where it stands. */

/** A moment as Kubernetes writes it (RFC 3339), with its offset. */
export const moment = () => z.iso.datetime({ offset: true });

/** The sha256 of some content, in the OCI spelling. */
export const digest = () => z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** A question that a person answers once. `decidedBy` and `decidedAt` belong to an action of the kind: the server sets them. */
export const decisionFields = <const Answers extends readonly [string, ...string[]]>(answers: Answers) => ({
  decision: z.enum(answers).optional().describe('The answer; a person gives it, once.'),
  decidedBy: z.string().max(253).optional().describe('Who gave it; set by the server from the caller.'),
  decidedAt: moment().optional().describe('When; set by the server.'),
  comment: z.string().max(4096).optional().describe('Why, in the words of who decided.'),
});
