import { Kind } from '@krate/resource-model';
import { AgentMemoryAssociation } from './agentMemoryAssociation.kind';
import { AgentMemoryOntology } from './agentMemoryOntology.kind';
import { AgentMemoryQuery } from './agentMemoryQuery.kind';
import { AgentMemoryRepository } from './agentMemoryRepository.kind';
import { AgentMemorySnapshot } from './agentMemorySnapshot.kind';
import { AgentMemorySource } from './agentMemorySource.kind';
import { AgentMemoryUpdate } from './agentMemoryUpdate.kind';
import { AgentRunMemoryImport } from './agentRunMemoryImport.kind';

export {
  AgentMemoryAssociation,
  AgentMemoryOntology,
  AgentMemoryQuery,
  AgentMemoryRepository,
  AgentMemorySnapshot,
  AgentMemorySource,
  AgentMemoryUpdate,
  AgentRunMemoryImport,
};

/** The kinds of the company brain. */
export const memoryKinds: readonly Kind[] = [
  AgentMemoryAssociation,
  AgentMemoryOntology,
  AgentMemoryQuery,
  AgentMemoryRepository,
  AgentMemorySnapshot,
  AgentMemorySource,
  AgentMemoryUpdate,
  AgentRunMemoryImport,
];
