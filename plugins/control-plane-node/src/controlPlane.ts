import {
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  coreServices,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Kind, KindRegistry, Role } from '@krate/resource-model';
import { Effect, Observer, Reconciler, ResourceClient, Wake } from '@krate/controller-runtime';
import type { Request, RequestHandler, Router } from 'express';
import { AreaAction } from './actions';
import { AdmissionRule } from './admission';
import { AccessAttributes, AccessDecision, AuthorizationRule } from './authorization';
import { DataDirectory } from './dataDirectories';
import { FacadeContribution } from './facade';
import { Principal } from './principal';
import { StreamService, TokenService } from './streams';

/** One entry of the audit trail that an area adds for an act that is not a resource write (a push, a proxied call). */
export interface AuditEntry {
  principal: Principal;
  /** `git.push`, `model.call`, ... */
  action: string;
  outcome: 'allowed' | 'denied' | 'failed';
  organization?: string;
  /** `Kind/namespace/name`. */
  resource?: string;
  details?: Record<string, unknown>;
}

/** The running control plane, as other backend code uses it. */
export interface ControlPlane {
  kinds: KindRegistry;
  /** Acts as the system. Only for reconcilers, effects and other code that no request reaches directly. */
  client: ResourceClient;
  /** Acts with exactly the rights of a principal. */
  clientFor(principal: Principal): ResourceClient;
  /** Who made a request: Krate token, Backstage token or cookie; `anonymous` without credentials. Throws Unauthorized on bad ones. */
  authenticate(request: Request): Promise<Principal>;
  authorize(principal: Principal, attributes: AccessAttributes): Promise<AccessDecision>;
  /** The organizations a person belongs to, by name, and whether they administer the platform. */
  organizationsOf(principal: Principal): Promise<Membership[]>;
  isPlatformAdministrator(principal: Principal): Promise<boolean>;
  /**
   * The Backstage user name of whoever a sign-in provider has just vouched for. Throws `ApiError` with a reason for people
   * when the login leads to nobody.
   */
  loginOf(external: ExternalLogin): Promise<string>;
  /** Reads the values of Secrets: for effects alone, which hand them to the one process or call that needs them. */
  secrets: SecretReader;
  tokens: TokenService;
  streams: StreamService;
  audit(entry: AuditEntry): Promise<void>;
  wake: Wake;
  logger: LoggerService;
  /** Where files live (git repositories, workspaces, run directories); absolute, created with mode 0700. */
  dataDirectory: string;
  /** Where the portal answers, for links and for processes on this machine, without a trailing slash. */
  baseUrl: string;
}

/** A login as a sign-in provider vouches for it. */
export interface ExternalLogin {
  /** Id of the provider: `oidc`, `github`. */
  provider: string;
  /** What the provider knows the person by for ever; never a name that can be changed or given to another. */
  subject: string;
  email?: string;
  /** Whether the provider says that the address is theirs. */
  emailVerified?: boolean;
  displayName?: string;
  /** What they are called at the provider. */
  preferredName?: string;
}

/** A person's place in one organization. */
export interface Membership {
  organization: string;
  /** The organization's name for people. */
  displayName: string;
  namespace: string;
  /** The name of the User they are there. */
  user: string;
  /** Absent: a member without a role. */
  role?: Role;
  teams: string[];
}

/**
 * The way back from an encrypted Secret, inside this process only. A value must not reach a spec, status, event, log,
 * message or response; whoever reads one has checked the grant for it.
 */
export interface SecretReader {
  /** The decoded values by key; undefined when there is no such Secret. */
  readSecret(namespace: string, name: string): Promise<Readonly<Record<string, Buffer>> | undefined>;
}

/** What an area brings. Everything is known before the store opens, except what needs the running control plane. */
export interface Installation {
  /** The area's name, for messages. */
  area: string;
  kinds?: readonly Kind[];
  admission?: readonly AdmissionRule[];
  authorization?: readonly AuthorizationRule[];
  reconcilers?: readonly Reconciler[];
  /** For templates, agents and MCP clients. */
  actions?: readonly AreaAction[];
  /** Routes of the REST facade (`/api/orgs/…`); they are in the OpenAPI document only where the area is installed. */
  facade?: FacadeContribution;
  /** Directories below the data directory that a backup does not simply copy. */
  dataDirectories?: readonly DataDirectory[];
  /** Called once, before reconcilers run. */
  start?(controlPlane: ControlPlane): Promise<StartedArea> | StartedArea;
}

export interface StartedArea {
  effects?: readonly Effect[];
  observers?: readonly Observer[];
  /**
   * Routes of the area. `/api/krate/<path>` when the path is relative; an absolute path (`/git`) is mounted on the
   * root. The handlers authenticate with `controlPlane.authenticate` and authorize each request themselves.
   */
  routes?: readonly { path: string; handler: RequestHandler | Router }[];
  /** Ends what `start` began. */
  stop?(): Promise<void> | void;
}

/** Where areas, and a platform team's own plugins, install themselves into the control plane. */
export interface ControlPlaneExtensionPoint {
  install(installation: Installation): void;
}

export const controlPlaneExtensionPoint = createExtensionPoint<ControlPlaneExtensionPoint>({
  id: 'krate.control-plane',
});

/** Lets plugins other than `krate` in the same process (auth, catalog, scaffolder, permission) use the control plane. */
export interface ControlPlaneService {
  /** Resolves once the control plane runs. */
  ready(): Promise<ControlPlane>;
  /** Called once by the control plane itself. */
  provide(controlPlane: ControlPlane): void;
}

export const controlPlaneServiceRef = createServiceRef<ControlPlaneService>({
  // Another id than the extension point's: Backstage takes the two for one otherwise.
  id: 'krate.control-plane-service',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { logger: coreServices.rootLogger },
      factory: () => {
        let provide: (controlPlane: ControlPlane) => void = () => {};
        const running = new Promise<ControlPlane>(resolve => {
          provide = resolve;
        });
        return { ready: () => running, provide: controlPlane => provide(controlPlane) };
      },
    }),
});
