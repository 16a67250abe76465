import { Condition } from '@krate/resource-model';

/** One object in a picture of relations. */
export interface RelationNode {
  /** `Repository/krate-org-acme/web`: unique in the picture. */
  id: string;
  kind: string;
  plural: string;
  namespace?: string;
  name: string;
  /** Absent for an object that does not exist, or that the reader may not see: the two are told apart nowhere. */
  uid?: string;
  phase?: string;
  ready?: Pick<Condition, 'status' | 'reason' | 'message'>;
}

export interface RelationEdge {
  /** The node that refers, or is owned. */
  from: string;
  /** The node referred to, or the owner. */
  to: string;
  type: 'reference' | 'owner';
  /** The field that refers, without list indexes. */
  path?: string;
}

/** What an object has to do with others, in both directions. */
export interface Relations {
  /** The object asked about is the first. */
  nodes: RelationNode[];
  edges: RelationEdge[];
  /** There are more than are told. */
  truncated: boolean;
}
