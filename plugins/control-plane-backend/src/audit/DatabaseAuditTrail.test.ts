import { mockServices } from '@backstage/backend-test-utils';
import { AuditEntry } from '@krate/plugin-control-plane-node';
import { Knex } from 'knex';
import { onEachDatabase } from '../__testUtils__/onEachDatabase';
import { DatabaseAuditTrail } from './DatabaseAuditTrail';

const entry = (action: string, organization?: string): AuditEntry => ({
  principal: { type: 'user', name: 'ada' },
  action,
  outcome: 'allowed',
  organization,
  resource: 'Repository/krate-org-acme/web',
  details: { verb: action },
});

onEachDatabase('DatabaseAuditTrail', open => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await open();
  });
  afterEach(() => knex.destroy());

  it('answers newest first, page after page, of one organization', async () => {
    const trail = new DatabaseAuditTrail({
      knex,
      auditor: mockServices.auditor.mock(),
      logger: mockServices.logger.mock(),
    });
    for (const action of ['a', 'b', 'c']) await trail.record(entry(action, 'acme'));
    await trail.record(entry('foreign', 'globex'));
    const first = await trail.query({ organization: 'acme', limit: 2 });
    expect(first.items.map(item => item.action)).toEqual(['c', 'b']);
    expect(first.items[0]).toMatchObject({ principal: 'ada', outcome: 'allowed', details: { verb: 'c' } });
    const second = await trail.query({ organization: 'acme', limit: 2, before: first.next });
    expect(second).toMatchObject({ items: [{ action: 'a' }], next: undefined });
  });

  it('leaves out what controllers note down, and keeps what they do', async () => {
    const trail = new DatabaseAuditTrail({
      knex,
      auditor: mockServices.auditor.mock(),
      logger: mockServices.logger.mock(),
    });
    const principal = { type: 'system', name: 'controllers' } as const;
    await trail.record({ ...entry('update'), principal, details: { subresource: 'status' } });
    await trail.record({ ...entry('create'), principal, resource: 'Event/krate-org-acme/web.1' });
    await trail.record({ ...entry('delete'), principal });
    await trail.record({ ...entry('update'), details: { subresource: 'status' } });
    expect((await trail.query({ limit: 10 })).items.map(item => item.action)).toEqual(['update', 'delete']);
  });

  it('records the act although the Backstage auditor fails, and says so', async () => {
    const auditor = mockServices.auditor.mock({ createEvent: () => Promise.reject(new Error('no auditor')) });
    const logger = mockServices.logger.mock();
    const trail = new DatabaseAuditTrail({ knex, auditor, logger });
    await trail.record(entry('create'));
    expect((await trail.query({ limit: 10 })).items).toHaveLength(1);
    expect(logger.error).toHaveBeenCalled();
  });
});
