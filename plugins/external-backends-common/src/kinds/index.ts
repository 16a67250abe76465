import { Kind } from '@krate/resource-model';
import { ExternalBackendBinding } from './externalBackendBinding.kind';
import { ExternalBackendProvider } from './externalBackendProvider.kind';
import { ExternalBackendSyncPolicy } from './externalBackendSyncPolicy.kind';
import { ExternalObjectLink } from './externalObjectLink.kind';
import { ExternalProviderCapabilityManifest } from './externalProviderCapabilityManifest.kind';
import { ExternalSyncConflict } from './externalSyncConflict.kind';
import { ExternalSyncEvent } from './externalSyncEvent.kind';
import { ExternalSyncState } from './externalSyncState.kind';
import { ExternalWebhookDelivery } from './externalWebhookDelivery.kind';
import { ExternalWriteIntent } from './externalWriteIntent.kind';

export {
  ExternalBackendBinding,
  ExternalBackendProvider,
  ExternalBackendSyncPolicy,
  ExternalObjectLink,
  ExternalProviderCapabilityManifest,
  ExternalSyncConflict,
  ExternalSyncEvent,
  ExternalSyncState,
  ExternalWebhookDelivery,
  ExternalWriteIntent,
};

/** The kinds of external backends. */
export const externalBackendKinds: readonly Kind[] = [
  ExternalBackendBinding,
  ExternalBackendProvider,
  ExternalBackendSyncPolicy,
  ExternalObjectLink,
  ExternalProviderCapabilityManifest,
  ExternalSyncConflict,
  ExternalSyncEvent,
  ExternalSyncState,
  ExternalWebhookDelivery,
  ExternalWriteIntent,
];
