import { AuditEvent, joined } from './useAudit';

const event = (id: number) => ({ id }) as AuditEvent;
const events = (...ids: number[]) => ids.map(event);

describe('joined', () => {
  it.each([
    { reason: 'nothing known', known: {}, page: [3, 2], want: [3, 2] },
    { reason: 'newer ones', known: { events: events(3, 2, 1) }, page: [5, 4, 3], want: [5, 4, 3, 2, 1] },
    { reason: 'nothing new', known: { events: events(3, 2) }, page: [3, 2], want: [3, 2] },
    { reason: 'a gap: it begins anew', known: { events: events(3, 2) }, page: [9, 8], want: [9, 8] },
  ])('$reason', ({ known, page, want }) => {
    expect(joined(known, { items: events(...page) }).events.map(({ id }) => id)).toEqual(want);
  });
});
