import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { Event, Namespace, Organization, Secret } from '@krate/plugin-control-plane-common';
import { AccessAttributes, AdmissionRequest, AuditEntry, Principal } from '@krate/plugin-control-plane-node';
import { Kind, KindRegistry } from '@krate/resource-model';
import { SqliteResourceStore } from '@krate/resource-store';
import { DatabaseRevisionLog } from '../../history/DatabaseRevisionLog';
import { Authorizer } from '../../identity/Authorizer';
import { KeyRing } from '../../secrets/KeyRing';
import { SecretForm } from '../../secrets/SecretForm';
import { testDatabase } from '../../testing/testDatabase';
import { ResourceService } from '../ResourceService';
import { Ticket, Widget } from './testKinds';

export const alice: Principal = { type: 'user', name: 'alice' };
export const system: Principal = { type: 'system', name: 'test' };

/** A resource service on a real store, where a test decides what is allowed and what rules say. */
export interface TestService {
  service: ResourceService;
  store: SqliteResourceStore;
  kinds: KindRegistry;
  authorizer: Authorizer;
  audited: AuditEntry[];
  /** Attributes for which this is true are denied. */
  deny(when: (attributes: AccessAttributes) => boolean): void;
  /** Runs as the only admission rule. */
  rule(admit: (request: AdmissionRequest) => void): void;
  stop(): Promise<void>;
}

/** With the namespaces `team-a` and `team-b`, and further kinds if need be. */
export async function startService(more: readonly Kind[] = []): Promise<TestService> {
  const folder = await mkdtemp(join(tmpdir(), 'resource-service-'));
  const store = await SqliteResourceStore.open({ file: join(folder, 'store.db'), synchronous: 'NORMAL' });
  const knex = await testDatabase();
  const kinds = new KindRegistry([Widget, Ticket, Namespace, Organization, Secret, Event, ...more]).resolve();
  const audited: AuditEntry[] = [];
  let denied = (_: AccessAttributes) => false;
  let admit = (_: AdmissionRequest) => {};
  const decide = (_: Principal, attributes: AccessAttributes) =>
    denied(attributes) ? { allowed: false, reason: 'the test says no' } : { allowed: true, reason: '' };
  const authorizer: Authorizer = { decide, authorize: async (...asked) => decide(...asked) };
  const service = new ResourceService({
    kinds,
    store,
    authorizer,
    admission: { prepare: async () => {}, admit: async request => admit(request) },
    storedForm: new SecretForm(await KeyRing.open(join(folder, 'keys.json'))),
    revisions: new DatabaseRevisionLog(knex),
    audit: {
      record: async entry => void audited.push(entry),
      noteOf: entries => {
        audited.push(...entries);
        return undefined;
      },
      noted: () => {},
    },
    logger: mockServices.logger.mock(),
  });
  for (const name of ['team-a', 'team-b']) {
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    await service.create({ principal: system, kind: Namespace, object });
  }
  audited.length = 0;
  return {
    service,
    store,
    kinds,
    authorizer,
    audited,
    deny: when => void (denied = when),
    rule: next => void (admit = next),
    stop: async () => {
      await store.close();
      await knex.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

/** A manifest of a Widget. */
export function aWidget(name: string, spec: object = {}, metadata: object = {}) {
  return {
    apiVersion: Widget.apiVersion,
    kind: 'Widget',
    metadata: { name, ...metadata },
    spec: { color: 'red', ...spec },
  };
}

/** The Widgets of `team-a`, as alice asks for them. */
export const widgets = { principal: alice, kind: Widget, namespace: 'team-a' };
/** The Widget `one` among them. */
export const one = { ...widgets, name: 'one' };
