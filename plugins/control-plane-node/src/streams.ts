import { Principal } from './principal';

/** Names a stream: it belongs to an object and is readable by whoever may get that object. */
export interface StreamKey {
  /** Plural of the owning object's kind. */
  resource: string;
  namespace: string;
  /** The owner's name and uid: a recreated object has streams of its own. */
  name: string;
  uid: string;
  /** Which stream of the object: `transcript`, `log`, ... */
  stream: string;
}

/** What an object records about a finished stream. */
export interface StreamSummary {
  id: string;
  length: number;
  /** `sha256:<hex>` of all bytes; only once sealed. */
  digest?: string;
  sealed: boolean;
}

export interface StreamChunk {
  /** Byte offset of the first byte. */
  offset: number;
  data: Buffer;
}

/**
 * Append-only byte streams: transcripts, logs. Chunked, addressed by byte offset, resumable from any offset, sealed once
 * with a digest. An append that resolved is on disk.
 */
export interface StreamService {
  /** Appends at the end, or at `offset` when given: an append that is already there (same offset and length) is a no-op, so that a writer may repeat itself after a crash. */
  append(key: StreamKey, data: string | Buffer, options?: { offset?: number }): Promise<StreamSummary>;
  /** No more appends. Idempotent. */
  seal(key: StreamKey): Promise<StreamSummary>;
  stat(key: StreamKey): Promise<StreamSummary | undefined>;
  read(key: StreamKey, options?: { offset?: number; maxBytes?: number }): Promise<StreamChunk>;
  /** Yields from `offset`, then follows until the stream is sealed or the signal aborts. */
  follow(key: StreamKey, options: { offset?: number; signal: AbortSignal }): AsyncIterable<StreamChunk>;
  deleteAll(owner: Omit<StreamKey, 'stream'>): Promise<void>;
}

/** Who asks for a token, and what it may become. */
export interface IssuedToken {
  /** Shown once; only its hash is kept. */
  token: string;
  id: string;
  expiresAt?: Date;
}

export interface TokenRecord {
  id: string;
  principal: Principal;
  purpose: TokenPurpose;
  description: string;
  createdAt: Date;
  expiresAt?: Date;
  lastUsedAt?: Date;
}

/**
 * `sign-in`: the single-use link. `session`: a browser session (cookie). `access`: CLI, kubectl, git.
 * `run`: one agent run or job, revoked when it ends.
 */
export type TokenPurpose = 'sign-in' | 'session' | 'access' | 'run';

/** Opaque bearer tokens (`krate_…`), hashed at rest, for everything that is not a Backstage token. */
export interface TokenService {
  issue(options: {
    principal: Principal;
    purpose: TokenPurpose;
    description: string;
    expiresInSeconds?: number;
  }): Promise<IssuedToken>;
  /** The record of a valid token. Sign-in tokens are only ever {@link redeem}ed. */
  verify(token: string): Promise<TokenRecord | undefined>;
  /** Spends a sign-in token: true for exactly one caller. */
  redeem(token: string): Promise<TokenRecord | undefined>;
  list(principal: Principal): Promise<TokenRecord[]>;
  revoke(id: string): Promise<void>;
  /** Ends all tokens of a run. */
  revokeFor(principal: Principal): Promise<void>;
}
