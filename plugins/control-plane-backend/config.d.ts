import { HumanDuration } from '@backstage/types';

export interface Config {
  krate?: {
    /**
     * Where everything lives that is not in Backstage's own databases: resources, git repositories, workspaces, keys,
     * certificates. Relative to the working directory. Default `.krate`.
     */
    dataDirectory?: string;
    /** Backstage user name of the platform administrator that the first start makes. Default `admin`. */
    administrator?: string;
    /** Where the documentation is that the portal shows and searches. Relative to the working directory. Default `docs`. */
    docsDirectory?: string;
    /** Where examples are. Relative to the working directory. Default `examples`. */
    examplesDirectory?: string;
    /** Folder below `examplesDirectory` that is applied on the first start of an empty data directory, or `none`. Default none. */
    examples?: string;
    api?: {
      /** Whether the Kubernetes API also listens with TLS, for kubectl. Default true. */
      enabled?: boolean;
      listen?: {
        /** Default 127.0.0.1. */
        host?: string;
        /** Default 7443; 0 takes any free port. */
        port?: number;
      };
      /** Host names and addresses, besides those of this machine, that the server's certificate is for. */
      names?: string[];
      /** How much one person, automation, run, or address that is not signed in may ask; more is answered with 429. */
      rateLimit?: {
        /** Default true. */
        enabled?: boolean;
        /** Default 200. */
        requestsPerSecond?: number;
        /** What may be asked at once after a pause. Default five times `requestsPerSecond`. */
        burst?: number;
      };
    };
    controllers?: {
      /**
       * Where several backends share a PostgreSQL, one of them runs the controllers. For so long, in seconds, the others wait
       * for it when it no longer answers; after an orderly stop they do not wait. Default 10, from 1 to 300.
       */
      leaseSeconds?: number;
    };
    signIn?: {
      /** Whether every start prints a single-use sign-in link for the administrator. Default true. */
      printLink?: boolean;
      /** What the sign-in page calls a provider, by its id. */
      titles?: { [id: string]: string };
      /** Whether a verified address that exactly one person has makes a login theirs. Default false: logins are mapped by hand. */
      matchVerifiedEmail?: boolean;
      /**
       * Who may sign in by a provider without being known: `nobody`, whoever has an open invitation to the verified address
       * (`invited`), or `everyone`. A new person has no rights. Default invited.
       */
      newPeople?: 'nobody' | 'invited' | 'everyone';
    };
    tokens?: {
      /**
       * How long access tokens last that do not say: of terminals, kubeconfigs, git. As `{ days: 30 }` or `30d`. Default 90
       * days.
       */
      lifetime?: HumanDuration | string;
      /** The longest an access token may last. Default 366 days. */
      longest?: HumanDuration | string;
    };
    audit?: {
      /** How long the audit trail is kept, as `{ days: 400 }`. Default for ever. What remains stays verifiable. */
      retention?: HumanDuration | string;
    };
    /**
     * How long finished objects of a kind are kept, by kind: `{ Event: { days: 1 }, Pipeline: 'never' }`. Default what the kind
     * declares; kinds that declare nothing are kept for ever, and cannot be named here.
     */
    retention?: { [kind: string]: HumanDuration | string };
    organizations?: {
      /** Who may create organizations: `administrators` (of the platform) or `everyone` who is signed in. Default administrators. */
      create?: 'administrators' | 'everyone';
    };
  };
}
