// Generated from the routes of the REST facade by `npm run generate`.
export interface paths {
    "/api/controller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a screen needs to begin with: your organizations, and one of them in numbers
         * @description Without `org` the one organization you are in; when you are in several, only their list. Kinds that you may not list are left out.
         */
        get: operations["getController"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document, with the routes of the areas that are installed */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organizations you may see */
        get: operations["listOrganizations"];
        put?: never;
        /** Make an organization, and be its admin */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions that runs wait on */
        get: operations["listAgentApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/approvals/{name}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a question
         * @description Who decides is the caller, whatever the body says; it cannot be changed after.
         */
        post: operations["decideAgentApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an agent a task */
        post: operations["dispatchAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What agents do, as it happens
         * @description Server-sent events, each `data: {"type", "payload"}`: `connected` first, `resource-change {kind, name, operation, timestamp, resourceVersion}` for runs, attempts, approvals, sessions, workspaces and artifacts, `run.status.changed {runName, phase}`, `approval.status.changed {approvalName, runName, phase}`, and `heartbeat` every 30 seconds. `Last-Event-ID` resumes.
         */
        get: operations["streamAgentEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/permissions/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What could this run touch? The review of a dispatch that is not made
         * @description Asks every rule that a dispatch would be asked, with the objects as they are now, and launches nothing. The reach is absent when the stack or the repository does not exist.
         */
        post: operations["reviewPermissions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs */
        get: operations["listAgentRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/runs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run */
        get: operations["getAgentRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/runs/{name}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a run */
        post: operations["cancelAgentRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/runs/{name}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do a run that is over once more, as a new run */
        post: operations["retryAgentRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/agents/stacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stacks: the agents that can be dispatched, and what those that cannot lack */
        get: operations["listAgentStacks"];
        put?: never;
        /**
         * Make a stack
         * @description It is dispatched once its conditions say that nothing is missing.
         */
        post: operations["createAgentStack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, and what was refused, newest first
         * @description For admins of the organization.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes of the organization’s objects as they happen
         * @description Server-sent events, each `data: {"type", "payload"}`: `connected` first, then `resource-change {kind, name, operation, timestamp, resourceVersion}`, and `heartbeat` every 30 seconds. A client that gives its `Last-Event-ID` resumes there and misses nothing; one that comes too late is told by `reset` and goes on from now.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/pullrequests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pull requests */
        get: operations["listPullRequests"];
        put?: never;
        /** Propose a change */
        post: operations["createPullRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/pullrequests/{pr}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pull request, with its gates and checks */
        get: operations["getPullRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/pullrequests/{pr}/checks/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wait until the checks are over, and learn how they ended
         * @description A check is what Krate’s own runners measured. Nobody can dictate it, so an outcome in the body is refused with `CHECK_IS_MEASURED`.
         */
        post: operations["completeChecks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/pullrequests/{pr}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge a change
         * @description Asks for the merge of exactly one head; the gates are checked again at that moment. A merge that is refused changes nothing and answers 409 `MERGE_REFUSED` with the gate in `reasons`.
         */
        post: operations["mergePullRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/pullrequests/{pr}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what you think of a change */
        post: operations["addReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Repositories */
        get: operations["listRepositories"];
        put?: never;
        /** Make a repository */
        post: operations["createRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/repositories/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One repository */
        get: operations["getRepository"];
        put?: never;
        post?: never;
        /** Delete a repository with everything in it */
        delete: operations["deleteRepository"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Objects of a kind */
        get: operations["listResources"];
        put?: never;
        /**
         * Create an object, or change the fields given
         * @description Server-side apply under the manager `krate-api`. The organization and its namespace are filled in. Fields that somebody else manages are a conflict, unless `force` takes them over.
         */
        post: operations["applyResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/resources/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One object */
        get: operations["getResource"];
        put?: never;
        post?: never;
        /** Delete one object */
        delete: operations["deleteResource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/runtime-resources/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Objects of a kind that records work: runs, jobs, reviews
         * @description As the list of resources, for kinds of the storage class `record` only.
         */
        get: operations["listRuntimeResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/secret-grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may use which secret for what */
        get: operations["listSecretGrants"];
        put?: never;
        /** Let somebody use a secret */
        post: operations["createSecretGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Secrets, without their values */
        get: operations["listSecrets"];
        put?: never;
        /**
         * Keep values secret, and say who may use them
         * @description The values go into a Secret, encrypted, and are never answered again. With `grantedTo` a grant is made as well, which holds names only.
         */
        post: operations["createSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/secrets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget a secret
         * @description Its grants stay and say that it is missing.
         */
        delete: operations["deleteSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The organization’s configuration as manifests
         * @description Every object of a `config` kind that you may list, without what the server owns. Secrets and records of work are left out; `excluded` names them.
         */
        get: operations["exportSnapshot"];
        put?: never;
        /**
         * Bring the objects of a snapshot into the organization
         * @description First every object goes through validation and admission without being stored; when one is refused nothing is written and `reasons` says what is wrong with which. Then they are applied, those that others refer to first. Objects that are not in the snapshot stay.
         */
        post: operations["importSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server works */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A question a run waits on: may it do this? Answered once by a person. */
        AgentApproval: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "AgentApproval";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /**
                 * @description What is asked for; `escalation` is the launch itself.
                 * @enum {string}
                 */
                action: "tool-use" | "secret-access" | "write-back" | "release" | "escalation";
                /** @description What exactly would be done. */
                actionDetail: {
                    /** @description What the tool would get, redacted. */
                    input?: string;
                    /** @description Which request of the agent this answers. */
                    requestId?: string;
                    /** @description What is asked, in a sentence. */
                    summary: string;
                    /** @description The command, the branch, the secret’s name. */
                    target?: string;
                    /** @description The tool call’s id at the agent program. */
                    toolCallId?: string;
                    /** @description `execute`, `pull-request`, … */
                    type: string;
                };
                /** @description Parts of the action that the decision names, kept as its record. */
                approvedActionSubset?: string[];
                /**
                 * @description What would be written back.
                 * @default []
                 */
                artifactRefs: string[];
                /** @description The attempt that asks; absent before the launch. */
                attempt?: string;
                /** @description Why, in the words of who decided. */
                comment?: string;
                /**
                 * Format: date-time
                 * @description When; set by the server.
                 */
                decidedAt?: string;
                /** @description Who gave it; set by the server from the caller. */
                decidedBy?: string;
                /**
                 * @description The answer; a person gives it, once.
                 * @enum {string}
                 */
                decision?: "approve" | "deny";
                /** @description The run that waits. */
                dispatchRun: string;
                /** @description Digest of what would be written back; nothing else is, once it is approved. */
                expectedArtifactDigest?: string;
                /**
                 * Format: date-time
                 * @description Until when it can be decided.
                 */
                expiresAt: string;
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /**
                 * @description Why it is asked.
                 * @default []
                 */
                policyReasons: string[];
                /** @description Who asks. */
                requestedBy: {
                    /** @description The kind of who asks: `AgentStack`. */
                    kind: string;
                    /** @description Its name. */
                    name: string;
                };
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /** @description When the agent, or the write-back, got the answer. */
                deliveredAt?: string;
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description Where it stands; `Withdrawn`: the run ended before anybody decided.
                 * @enum {string}
                 */
                phase?: "Pending" | "Approved" | "Denied" | "Expired" | "Withdrawn";
            };
        };
        AgentApprovalList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["AgentApproval"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        /** @description One task given to an agent on one repository, from the permission review to the change it wrote back. */
        AgentDispatchRun: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "AgentDispatchRun";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /** @description Who does it. */
                agentStack: string;
                /**
                 * Format: int64
                 * @description 1, or one more than the run it repeats; set by the server.
                 * @default 1
                 */
                attemptNumber: number;
                /** @description Narrows the stack’s budget. */
                budget?: {
                    /** @description What they may cost in USD, by the provider’s rates; the agent is ended when it is used up. */
                    maxCostUsd?: number;
                    /**
                     * Format: int64
                     * @description Wall clock from launch, without the time it is parked.
                     */
                    maxDurationSeconds?: number;
                    /**
                     * Format: int64
                     * @description Tokens read and written in all; the agent is ended when they are used up.
                     */
                    maxTokens?: number;
                };
                /** @description Set it to end the run. */
                cancel?: {
                    /** @description Why. */
                    reason?: string;
                    /** @description Set by the server. */
                    requestedAt?: string;
                    /** @description Set by the server from the caller. */
                    requestedBy?: string;
                };
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /**
                 * @description The branch it starts from and proposes to.
                 * @default refs/heads/main
                 */
                ref: string;
                /** @description The repository it works on. */
                repository: string;
                /** @description Set by the server from the caller. */
                requestedBy?: string;
                /**
                 * @description Park before the launch until someone approves.
                 * @default false
                 */
                requiresApproval: boolean;
                /** @description The run it repeats; same repository and stack, and over. */
                retryOf?: string;
                /** @description Default: the stack’s. */
                runnerPool?: string;
                /**
                 * @description What the task is about.
                 * @default {}
                 */
                sourceRefs: {
                    /** @description A job. */
                    job?: string;
                    /** @description A file or folder of the repository. */
                    path?: string;
                    /** @description A pipeline. */
                    pipeline?: string;
                    /** @description A pull request. */
                    pullRequest?: string;
                };
                /** @description What to do, in words; default: the stack’s task prompt. */
                task?: string;
                /**
                 * @description What kind of task it is, for people.
                 * @default implementation
                 */
                taskKind: string;
                /** @description A workspace to go on in; default: a new one by policy. */
                workspaceRef?: string;
            };
            /** @description What was observed. */
            status?: {
                /** @description Names of its AgentApprovals. */
                approvals?: string[];
                /** @description What it produced. */
                artifacts?: {
                    /** @description What it is: `patch`, … */
                    kind: string;
                    /** @description Name of the KrateArtifact. */
                    name: string;
                }[];
                /** @description Name of its AgentDispatchAttempt. */
                attemptRef?: string;
                /** @description Since when it waits for a person. */
                awaitingSince?: string;
                /** @description The commit it started from. */
                baseSha?: string;
                /** @description The full ref its work was pushed to. */
                branch?: string;
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /** @description What they cost in USD, by the provider’s rates. */
                costUsd?: number;
                /** @description When it was over. */
                finishedAt?: string;
                /**
                 * Format: int64
                 * @description Tokens the model has read.
                 */
                inputTokens?: number;
                /** @description What keeps the agent apart from its host. */
                isolation?: {
                    /** @description What holds, in words. */
                    enforced: string[];
                    /** @description `bubblewrap`: own namespaces; `uid`: only another user id; `none`: nothing. */
                    mechanism: string;
                    /** @description What does not hold, in words. */
                    notEnforced: string[];
                };
                /** @description Why it failed. */
                lastError?: {
                    /** @description For machines: `approval-denied`, `workspace-failed`, … */
                    code: string;
                    /** @description For people. */
                    message: string;
                    /** @description The same run may end well when it is dispatched again. */
                    retryable: boolean;
                };
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * Format: int64
                 * @description Tokens the model has written.
                 */
                outputTokens?: number;
                /** @description Whether it may be launched, and why; frozen at the launch. */
                permissionReview?: {
                    /** @description Every rule that was asked, in order. */
                    checks: {
                        /** @description Why; where it denies, what to do about it. */
                        message: string;
                        /**
                         * @description What the rule says.
                         * @enum {string}
                         */
                        outcome: "allowed" | "denied" | "requires-approval" | "not-applicable";
                        /** @description Which rule: `role-binding`, `secret-grants`, … */
                        rule: string;
                    }[];
                    /**
                     * @description The strictest outcome of the checks.
                     * @enum {string}
                     */
                    decision: "allowed" | "denied" | "requires-approval";
                    /** @description sha256 of the answer and of the objects that were looked at. */
                    digest: string;
                    /** @description What someone would have to create for it to be allowed. */
                    missingGrants?: {
                        /** @description Its kind: `AgentRoleBinding` or `AgentSecretGrant`. */
                        kind: string;
                        /** @description What it is needed for. */
                        reason: string;
                        /** @description A name for it. */
                        suggestedName: string;
                    }[];
                };
                /**
                 * @description Where it stands; `AwaitingApproval`: before its launch or after, it waits for a person.
                 * @enum {string}
                 */
                phase?: "Pending" | "AwaitingApproval" | "Queued" | "Running" | "Completed" | "Failed" | "Cancelled";
                /** @description The pull request its write-back opened. */
                pullRequest?: string;
                /** @description When it was ready to be launched. */
                queuedAt?: string;
                /**
                 * Format: int64
                 * @description Its place in the queue of its pool; 1 is next.
                 */
                queuePosition?: number;
                /** @description The pool whose slot it takes while it works. */
                runnerPool?: string;
                /** @description Name of its AgentSession. */
                sessionRef?: string;
                /** @description When it was launched. */
                startedAt?: string;
                /** @description Name of the KrateWorkspace it works in. */
                workspaceRef?: string;
            };
        };
        AgentRunList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["AgentDispatchRun"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        /** @description Lets one subject use named keys of one secret for one purpose. Holds references, never a value. */
        AgentSecretGrant: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "AgentSecretGrant";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /**
                 * @description Without `include` every branch; never `refs/pull/*` unless it is named.
                 * @default {
                 *       "include": [],
                 *       "exclude": []
                 *     }
                 */
                allowedRefs: {
                    /**
                     * @description Globs that take away again.
                     * @default []
                     */
                    exclude: string[];
                    /**
                     * @description Globs on full refs.
                     * @default []
                     */
                    include: string[];
                };
                /**
                 * @description Empty: every repository of the organization.
                 * @default []
                 */
                allowedRepositories: string[];
                /**
                 * @description `file`: a tool’s secret is put before the agent as files. Otherwise, and for a model’s key always, it stays outside.
                 * @default never-mount-pass-by-reference
                 * @enum {string}
                 */
                mountPolicy: "env" | "file" | "never-mount-pass-by-reference";
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /**
                 * @description What for; the grant serves nothing else.
                 * @enum {string}
                 */
                purpose: "model-provider-token" | "tool" | "git-credential" | "mcp-server" | "skill" | "webhook-signing" | "image-pull" | "cache" | "deployment";
                /**
                 * @description When a person must agree before the run starts; `refs/pull/*` is untrusted.
                 * @default on-untrusted-ref
                 * @enum {string}
                 */
                requiredApproval: "never" | "on-untrusted-ref" | "always";
                /**
                 * @description Takes the grant back and keeps its record.
                 * @default false
                 */
                revoked: boolean;
                /** @description What may be used. */
                secretRef: {
                    /** @description The keys of it that are granted. */
                    keys: string[];
                    /** @description The secret. */
                    name: string;
                };
                /** @description Who may use it. */
                subject: {
                    /**
                     * @description What the subject is; `tool` is an AgentToolProfile.
                     * @enum {string}
                     */
                    kind: "agent-stack" | "service-account" | "tool" | "skill" | "mcp-server" | "runner-pool" | "user" | "team";
                    /** @description Its name. */
                    name: string;
                };
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description Whether it serves now; `Pending`: the secret, a key or the subject is missing.
                 * @enum {string}
                 */
                phase?: "Active" | "Pending" | "Revoked";
            };
        };
        /** @description An agent ready to be dispatched: which program, which model, whose identity, which tools, which rules. */
        AgentStack: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "AgentStack";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /** @description How the program is started. */
                adapter: string;
                /**
                 * @description `prompt`: tools that the profile does not allow are asked for while it runs. `yolo`: they are never asked for. `deny`: nothing is dispatched.
                 * @default prompt
                 * @enum {string}
                 */
                approvalMode: "prompt" | "deny" | "yolo";
                /** @description `opencode`, `codex`, `claude-code`, `scripted`, …: the program the adapter starts. */
                baseAgent: string;
                /** @description What a run of it may use up; a run can narrow it. */
                budget?: {
                    /** @description What they may cost in USD, by the provider’s rates; the agent is ended when it is used up. */
                    maxCostUsd?: number;
                    /**
                     * Format: int64
                     * @description Wall clock from launch, without the time it is parked.
                     */
                    maxDurationSeconds?: number;
                    /**
                     * Format: int64
                     * @description Tokens read and written in all; the agent is ended when they are used up.
                     */
                    maxTokens?: number;
                };
                /** @description What it is for. */
                description?: string;
                /** @description The name people read; commits are by it. */
                displayName?: string;
                /** @description Plain switches of the agent program; never secrets. */
                environment?: {
                    [key: string]: string;
                };
                /** @description The model it is told to use; default: the provider’s. */
                model?: string;
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /**
                 * @description What it is told.
                 * @default {}
                 */
                prompt: {
                    /** @description Comes next, in every run. */
                    developer?: string;
                    /** @description Comes first, in every run. */
                    system?: string;
                    /** @description Used when a dispatch brings no task of its own. */
                    task?: string;
                };
                /** @description Where its model calls go; absent: it makes none. */
                provider?: string;
                /** @description The pool whose slots its runs take; absent: they wait for none. */
                runnerPool?: string;
                /** @description As whom it runs. */
                runtimeIdentity: {
                    /** @description The identity. */
                    serviceAccountRef: string;
                };
                /**
                 * @description What kind of task it is for, for people.
                 * @default implementation
                 */
                taskKind: string;
                /** @description What it may do on its own; absent: every tool is asked for. */
                toolProfileRef?: string;
                /** @description The rules of the workspaces it gets. */
                workspacePolicyRef?: string;
                /**
                 * @description What becomes of its changes.
                 * @default {
                 *       "requireApproval": true,
                 *       "allowedTargets": [
                 *         "pull-request"
                 *       ]
                 *     }
                 */
                writeBackPolicy: {
                    /**
                     * @description Where results may go; without `pull-request` changes are kept as an artifact.
                     * @default [
                     *       "pull-request"
                     *     ]
                     */
                    allowedTargets: ("pull-request" | "branch-push" | "pull-request-comment" | "check-rerun")[];
                    /**
                     * @description A person must agree before its changes are proposed.
                     * @default true
                     */
                    requireApproval: boolean;
                };
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /** @description Name of its last run, where a controller reports it. */
                lastRun?: string;
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description Whether it can be dispatched; the conditions say what is missing.
                 * @enum {string}
                 */
                phase?: "Ready" | "Blocked";
            };
        };
        AgentStackList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["AgentStack"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        ApplyResult: {
            created: boolean;
            name: string;
            /** @enum {string} */
            operation: "created" | "configured";
            resource: components["schemas"]["KrateResource"];
        };
        ApprovalDecision: {
            approvedActionSubset?: string[];
            comment?: string;
            /** @description Yourself, or left out. */
            decidedBy?: string;
            /** @enum {string} */
            decision: "approve" | "deny" | "approved" | "Approved" | "allow" | "denied" | "Denied" | "reject" | "rejected";
            /** @description Refused with 409 when the question is about something else by now. */
            expectedArtifactDigest?: string;
            /** @description Another word for `comment`. */
            reason?: string;
        };
        AuditEvent: {
            action: string;
            details?: {
                [key: string]: unknown;
            };
            id: number;
            organization?: string;
            /** @enum {string} */
            outcome: "allowed" | "denied" | "failed";
            principal: string;
            /** @description `Kind/namespace/name` */
            resource?: string;
            time: string;
        };
        CancelInput: {
            reason?: string;
        };
        ChecksQuestion: {
            /** @description Refused. */
            failedStep?: string;
            /** @description Refused. */
            phase?: string;
            /** @description Only the checks of this pipeline. */
            pipeline?: string | {
                kind?: string;
                name: string;
            };
            /**
             * @description How long the answer may wait for the outcome.
             * @default 10
             */
            waitSeconds: number;
        };
        ControllerUiModel: {
            namespace?: string;
            org?: components["schemas"]["OrgSummary"];
            orgs: components["schemas"]["OrgSummary"][];
            resources: {
                area: string;
                kind: string;
                plural: string;
                /** @enum {string} */
                storage: "config" | "record";
                /** @description How many objects there are. */
                total: number;
            }[];
            /**
             * @description `degraded` while the organization is not ready.
             * @enum {string}
             */
            status: "ok" | "degraded" | "unknown";
            /** @description What the installed areas add for screens. */
            views: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        DeleteResult: {
            /** @description False while finalizers hold the object. */
            deleted: boolean;
            kind: string;
            name: string;
        };
        DispatchInput: {
            /** @description Another word for `stackRef`. */
            agentStack?: string | {
                kind?: string;
                name: string;
            };
            /** @description Where it starts. Default: main. */
            branch?: string;
            /** @description What it is about. */
            context?: {
                job?: string | {
                    kind?: string;
                    name: string;
                };
                path?: string;
                pipeline?: string | {
                    kind?: string;
                    name: string;
                };
                pullRequest?: string | {
                    kind?: string;
                    name: string;
                };
            };
            /** @description What to do, in words. Default: the stack’s task prompt. */
            prompt?: string;
            /** @description Another word for `branch`. */
            ref?: string;
            repository: string | {
                kind?: string;
                name: string;
            };
            requiresApproval?: boolean;
            runnerPool?: string | {
                kind?: string;
                name: string;
            };
            /** @description Another word for `context`. */
            sourceRefs?: {
                job?: string | {
                    kind?: string;
                    name: string;
                };
                path?: string;
                pipeline?: string | {
                    kind?: string;
                    name: string;
                };
                pullRequest?: string | {
                    kind?: string;
                    name: string;
                };
            };
            /** @description The AgentStack. */
            stackRef?: string | {
                kind?: string;
                name: string;
            };
            /** @description Another word for `prompt`. */
            task?: string;
            taskKind?: string;
        };
        DispatchResult: {
            run: components["schemas"]["AgentDispatchRun"];
            runName: string;
            /** @constant */
            status: "dispatched";
        };
        ErrorResponse: {
            error: {
                /** @description Stable and in capitals: `ORG_NOT_FOUND`, `POLICY_DENIED`, `CONFLICT`, … */
                code: string;
                /** @description The request’s `x-request-id`; the server’s log has it too. */
                correlationId: string;
                /** @description For people: what is wrong, and what to do about it. */
                message: string;
                reasons: {
                    /** @description Stable: a cause of the Kubernetes API (`FieldValueInvalid`) or a code of Krate. */
                    code: string;
                    /** @description Dotted path of the field at fault. */
                    field?: string;
                    message: string;
                }[];
                /** @description What the refusal is about. */
                resource?: {
                    kind?: string;
                    name?: string;
                };
            };
        };
        Health: {
            checks: {
                name: string;
                ok: boolean;
            }[];
            ok: boolean;
            /** @constant */
            project: "Krate";
        };
        /** @description An object of any kind; the Kubernetes API below /api/krate/openapi describes each kind. */
        KrateResource: {
            apiVersion: string;
            kind: string;
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            spec?: {
                [key: string]: unknown;
            };
            status?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        KrateRuntimeSnapshot: {
            /** @constant */
            apiVersion: "krate.a5c.ai/v1alpha1";
            excluded: {
                kind: string;
                reason: string;
            }[];
            exportedAt: string;
            /** @constant */
            kind: "KrateRuntimeSnapshot";
            namespace: string;
            organizationRef: string;
            resources: components["schemas"]["KrateResource"][];
            resourceVersion: string;
        };
        MergeRequest: {
            /** @description The head you reviewed. Default: the present one. */
            expectedHeadSha?: string;
            message?: string;
            /**
             * @default merge
             * @enum {string}
             */
            method: "merge" | "squash" | "rebase";
            /**
             * @description How long the answer may wait for the outcome.
             * @default 10
             */
            waitSeconds: number;
        };
        /** @description The isolation boundary of one organization. */
        Namespace: {
            /** @enum {string} */
            apiVersion: "v1";
            /** @enum {string} */
            kind: "Namespace";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /**
             * @description What is wanted.
             * @default {}
             */
            spec: {
                /** @description Kubernetes’ own field, kept as it was given. */
                finalizers?: string[];
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description `Terminating`: it is being emptied and takes nothing new.
                 * @enum {string}
                 */
                phase?: "Active" | "Terminating";
            };
        };
        NewAgentStack: {
            name: string;
            /** @description As in the kind AgentStack. */
            spec: {
                [key: string]: unknown;
            };
        };
        NewOrganization: {
            description?: string;
            displayName?: string;
            /** @description Another word for `slug`. */
            name?: string;
            /** @description Lower case letters, digits and hyphens; anything else becomes a hyphen. */
            slug?: string;
        };
        NewPullRequest: {
            /** @description Another word for `targetRef`. */
            base?: string;
            /** @description Another word for `description`. */
            body?: string;
            description?: string;
            draft?: boolean;
            /** @description Another word for `sourceRef`. */
            head?: string;
            repository: string | {
                kind?: string;
                name: string;
            };
            reviewers?: (string | {
                kind?: string;
                name: string;
            })[];
            /** @description The branch that has the change. */
            sourceRef?: string;
            /** @description Default: the repository’s default branch. */
            targetRef?: string;
            title: string;
        };
        NewRepository: {
            defaultBranch?: string;
            description?: string;
            name: string;
            topics?: string[];
            /** @enum {string} */
            visibility?: "private" | "internal" | "public";
        };
        NewReview: {
            body?: string;
            comments?: {
                body: string;
                line: number;
                path: string;
                /** @enum {string} */
                side?: "new" | "old";
            }[];
            /** @enum {string} */
            decision: "approved" | "changes_requested" | "commented" | "approve" | "APPROVE" | "request-changes" | "REQUEST_CHANGES" | "reject" | "comment" | "COMMENT";
            /** @description The commit you looked at. Default: the present head. */
            headSha?: string;
        };
        NewSecret: {
            /**
             * @description Plain values by key.
             * @default {}
             */
            data: {
                [key: string]: string;
            };
            /** @description The AgentStack by name, or another subject with its kind. */
            grantedTo?: string | {
                /** @enum {string} */
                kind: "agent-stack" | "service-account" | "tool" | "skill" | "mcp-server" | "runner-pool" | "user" | "team";
                name: string;
            };
            name: string;
            /**
             * @description A grant lets its subject use values, so only `read` can be given.
             * @default [
             *       "read"
             *     ]
             */
            permissions: ("read" | "write" | "admin")[];
            /**
             * @description What the value is used for.
             * @default tool
             * @enum {string}
             */
            purpose: "model-provider-token" | "tool" | "git-credential" | "mcp-server" | "skill" | "webhook-signing" | "image-pull" | "cache" | "deployment";
        };
        NewSecretGrant: {
            /** @description The AgentStack by name, or another subject with its kind. */
            grantedTo: string | {
                /** @enum {string} */
                kind: "agent-stack" | "service-account" | "tool" | "skill" | "mcp-server" | "runner-pool" | "user" | "team";
                name: string;
            };
            /** @description Default: every key that the secret has now. */
            keys?: string[];
            /** @description Default: made from the subject and the secret. */
            name?: string;
            /**
             * @description A grant lets its subject use values, so only `read` can be given.
             * @default [
             *       "read"
             *     ]
             */
            permissions: ("read" | "write" | "admin")[];
            /**
             * @description What the value is used for.
             * @default tool
             * @enum {string}
             */
            purpose: "model-provider-token" | "tool" | "git-credential" | "mcp-server" | "skill" | "webhook-signing" | "image-pull" | "cache" | "deployment";
            secretName: string | {
                kind?: string;
                name: string;
            };
        };
        /** @description A tenant: people, repositories and agents that are isolated from every other organization. */
        Organization: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "Organization";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /** @description What all runs together may spend in a calendar month (UTC); once it is spent, no further run is dispatched. */
                budgetLimitUsd?: number;
                /**
                 * @description Of new repositories.
                 * @default private
                 * @enum {string}
                 */
                defaultVisibility: "private" | "internal" | "public";
                /** @description What it is for, for people. */
                description?: string;
                /** @description The name people read. */
                displayName: string;
                /** @description The namespace its objects live in; the server sets `krate-org-<name>`. */
                namespaceName?: string;
                /**
                 * @description Whoever dispatched a run may not approve its requests, nor approve or merge its pull request.
                 * @default false
                 */
                requireSecondApprover: boolean;
                /**
                 * @description While it is, its people may read and change nothing; only a platform administrator sets and lifts it.
                 * @default false
                 */
                suspended: boolean;
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /** @description Its creator was made admin, which happens once in its life. */
                creatorAdmitted?: boolean;
                /** @description The namespace its objects live in. */
                namespace?: string;
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description `Ready` once its namespace, the binding and its first admin are there.
                 * @enum {string}
                 */
                phase?: "Provisioning" | "Ready" | "Terminating";
            };
        };
        /** @description Ties one organization to the one namespace that holds its objects. */
        OrgNamespaceBinding: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "OrgNamespaceBinding";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /**
                 * @description Recorded only: the Organization makes its namespace.
                 * @default true
                 */
                createNamespace: boolean;
                /** @description Extra labels of the namespace. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Name of the Namespace: `krate-org-<organization>`. */
                namespace: string;
                /** @description Whose namespace it is. */
                organizationRef: string;
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description `Pending`: there is no such namespace. `Conflict`: it is not labelled as the organization’s.
                 * @enum {string}
                 */
                phase?: "Pending" | "Bound" | "Conflict";
            };
        };
        OrgSummary: {
            displayName: string;
            namespace: string;
            /** @description Yours; absent for a platform administrator who is no member. */
            role?: string;
            slug: string;
        };
        PermissionReach: {
            /** @description Globs on whole command lines that run unasked, and that never run. */
            commands: {
                allowed: string[];
                denied: string[];
            };
            /**
             * @description `workspace`: it may change files of its own copy; nothing outside it, ever.
             * @enum {string}
             */
            files: "none" | "read" | "workspace";
            /** @description As whom it runs, and the agent roles that identity holds on the repository. */
            identity: {
                roles: string[];
                serviceAccount: string;
            };
            /** @description When it is ended at the latest. */
            limits: {
                maxCostUsd?: number;
                maxDurationSeconds: number;
                maxTokens?: number;
            };
            /** @description What it can talk to. */
            network: {
                /** @description `host:port`, each of them; nothing else is reached. */
                hosts: string[];
                /** @description Where its model calls go, through Krate. */
                model?: {
                    apiBase: string;
                    provider: string;
                };
            };
            /** @description Where it starts. `untrusted`: the ref of a pull request, whose code nobody reviewed. */
            repository: {
                name: string;
                ref: string;
                untrusted: boolean;
            };
            /** @description Names only; a value is never among them. */
            secrets: {
                /** @description Whether a person must agree before the run starts. */
                asksFirst?: boolean;
                /**
                 * @description `file`: the agent can read the value. `by-reference`: Krate uses it, the agent never sees it.
                 * @enum {string}
                 */
                delivery: "file" | "by-reference" | "not-granted";
                /** @description The AgentSecretGrant that gives it. */
                grant?: string;
                keys: string[];
                neededBy: string;
                purpose: string;
                secret: string;
            }[];
            /** @description How a call of each kind of tool is judged while it runs, when it stays in the workspace. */
            tools: {
                /** @enum {string} */
                decision: "allow" | "ask" | "deny";
                kind: string;
                reason: string;
            }[];
            /** @description What becomes of its changes. */
            writeBack: {
                allowed: boolean;
                requireApproval: boolean;
                targets: string[];
            };
        };
        PermissionReviewInput: {
            /** @description The AgentStack. */
            agentStack?: string | {
                kind?: string;
                name: string;
            };
            /** @description Another word for `ref`. */
            branch?: string;
            budget?: {
                maxCostUsd?: number;
                maxDurationSeconds?: number;
                maxTokens?: number;
            };
            /** @description Where it would start. Default: main. */
            ref?: string;
            repository: string | {
                kind?: string;
                name: string;
            };
            requiresApproval?: boolean;
            /** @description Default: the pool of the stack. */
            runnerPool?: string | {
                kind?: string;
                name: string;
            };
            /** @description Another word for `agentStack`. */
            stackRef?: string | {
                kind?: string;
                name: string;
            };
        };
        PermissionReviewResult: {
            /** @description Every rule that was asked, in order. */
            checks: {
                /** @description Why; where it denies, what to do about it. */
                message: string;
                /**
                 * @description What the rule says.
                 * @enum {string}
                 */
                outcome: "allowed" | "denied" | "requires-approval" | "not-applicable";
                /** @description Which rule: `role-binding`, `secret-grants`, … */
                rule: string;
            }[];
            /**
             * @description The strictest outcome of the checks.
             * @enum {string}
             */
            decision: "allowed" | "denied" | "requires-approval";
            digest: string;
            /** @description What somebody would have to create for it to be allowed. */
            missingGrants: {
                kind: string;
                /** @description YAML that brings it when applied. */
                manifest: string;
                reason: string;
                suggestedName: string;
            }[];
            reach?: components["schemas"]["PermissionReach"];
        };
        /** @description A proposed change to a branch: its commits, its review, its checks and its merge. */
        PullRequest: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "PullRequest";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /** @description Set by the server from the caller. */
                author?: string;
                /** @description What changes and why, in Markdown. */
                description?: string;
                /**
                 * @description Not ready: it cannot be merged while it is.
                 * @default false
                 */
                draft: boolean;
                /** @description Asks for the merge of exactly this head. Gates are checked again at the moment of the merge. */
                merge?: {
                    /** @description The head that was reviewed; with any other, the merge is refused. */
                    expectedHeadSha: string;
                    /** @description Of the merge or squash commit; the server writes one when absent. A rebase keeps the messages. */
                    message?: string;
                    /**
                     * @description `merge`: a merge commit. `squash`: one commit of everything. `rebase`: its commits on top of the target, if none is a merge.
                     * @default merge
                     * @enum {string}
                     */
                    method: "merge" | "squash" | "rebase";
                    /** @description When it was asked for; set by the server. */
                    requestedAt?: string;
                    /** @description Who asked; set by the server from the caller. */
                    requestedBy?: string;
                };
                /**
                 * Format: int64
                 * @description Assigned by the server, shared with issues.
                 */
                number?: number;
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /** @description The repository that has both branches. */
                repository: string;
                /**
                 * @description Who is asked to review it; others may, too.
                 * @default []
                 */
                reviewers: string[];
                /** @description The branch that has the change: `fix`, stored as `refs/heads/fix`; cannot be changed. */
                sourceRef: string;
                /**
                 * @description `closed` withdraws it; a merged one stays merged.
                 * @default open
                 * @enum {string}
                 */
                state: "open" | "closed";
                /** @description The branch it should go to. */
                targetRef: string;
                /** @description What changes, in one line. */
                title: string;
            };
            /** @description What was observed. */
            status?: {
                /**
                 * Format: int64
                 * @description Lines added since the merge base.
                 */
                additions?: number;
                /**
                 * Format: int64
                 * @description People whose approval counts.
                 */
                approvals?: number;
                /** @description Commit the target branch is at; absent when there is no such branch, and once it is merged. */
                baseSha?: string;
                /**
                 * Format: int64
                 * @description Files that differ between the merge base and the head.
                 */
                changedFiles?: number;
                /** @description Checks of the head: those that ran and those that are required. */
                checks?: {
                    /** @description Name of the check: the pipeline’s file name and job. */
                    context: string;
                    /** @description The Job it is the result of; absent until there is one. */
                    job?: string;
                    /** @description The Pipeline it is the result of; absent until one runs. */
                    pipeline?: string;
                    /** @description A BranchProtection of the target asks for it; only then does it hold up the merge. */
                    required: boolean;
                    /**
                     * @description Of the newest run on the head; `Pending` also when there is none yet.
                     * @enum {string}
                     */
                    state: "Pending" | "Running" | "Succeeded" | "Failed" | "Cancelled";
                }[];
                /**
                 * Format: int64
                 * @description On the head and not on the target.
                 */
                commits?: number;
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /** @description Paths that a merge into the target would conflict in, at most 200; empty: it is clean. */
                conflictingFiles?: string[];
                /**
                 * Format: int64
                 * @description Lines removed since the merge base.
                 */
                deletions?: number;
                /** @description What must hold before the merge; looked at again at the moment of it. */
                gates?: {
                    /** @description What is missing, for the person who would merge. */
                    message: string;
                    /** @description Whether it does. */
                    met: boolean;
                    /**
                     * @description What must hold.
                     * @enum {string}
                     */
                    name: "open" | "not-draft" | "no-conflicts" | "approvals" | "no-changes-requested" | "checks" | "not-archived";
                }[];
                /** @description Last commit of the source branch; the last one known once that branch is gone. */
                headSha?: string;
                /** @description Every gate is met. */
                mergeable?: boolean;
                /** @description The commit both branches come from; changes are counted from here. */
                mergeBaseSha?: string;
                /** @description The commit on the target branch that it became. */
                mergeCommit?: string;
                /** @description When it was merged. */
                mergedAt?: string;
                /** @description Who asked for the merge; absent when it was merged by a push. */
                mergedBy?: string;
                /** @description Why the last merge request did nothing. */
                mergeRefused?: {
                    /** @description For programs, such as `stale-head`, `gates-unmet`, `conflict`, `not-linear`, `refused`. */
                    code: string;
                    /** @description For people: what stood in the way. */
                    message: string;
                };
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description Where it stands; `Merged` is for good.
                 * @enum {string}
                 */
                phase?: "Open" | "Draft" | "Merged" | "Closed";
                /** @description The head whose pipelines were started. */
                pipelinesSha?: string;
                /**
                 * @description What the reviews that count come to.
                 * @enum {string}
                 */
                reviewDecision?: "none" | "approved" | "changes-requested";
            };
        };
        PullRequestList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["PullRequest"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        /** @description A git repository that Krate hosts, protects and runs agents on. */
        Repository: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "Repository";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /**
             * @description What is wanted.
             * @default {}
             */
            spec: {
                /**
                 * @description Readable, and closed to every push and merge.
                 * @default false
                 */
                archived: boolean;
                /**
                 * @description By its short name; the server points `HEAD` at it. It cannot be deleted.
                 * @default main
                 */
                defaultBranch: string;
                /** @description It is closed to everybody until then, and comes back when this is taken away. */
                deletion?: {
                    /**
                     * Format: date-time
                     * @description When everything is destroyed; default in seven days, and the server says.
                     */
                    at?: string;
                    /** @description Who asked; the server says. */
                    requestedBy?: string;
                };
                /** @description What it is for, for people. */
                description?: string;
                /**
                 * @description Names it had between; kept by the server.
                 * @default []
                 */
                formerNames: string[];
                /** @description Where the branches and tags are brought from, once, when the repository is made. */
                importFrom?: {
                    /** @description A directory of the server, below one that its configuration names; for platform administrators. */
                    path?: string;
                    /** @description An address over HTTPS, without a user name or a password. */
                    url?: string;
                };
                /** @description The first commit of the default branch; ignored once the repository has commits. */
                initialize?: {
                    /** @description What that commit contains. */
                    files: {
                        /** @description The file’s text, as UTF-8. */
                        content: string;
                        /** @description Gives the file mode 755 in git, otherwise 644. */
                        executable?: boolean;
                        /** @description Relative, with forward slashes; never `.git` or `..`. */
                        path: string;
                    }[];
                    /**
                     * @description Of that commit.
                     * @default Initial commit
                     */
                    message: string;
                };
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /** @description The name people and git use since it was renamed. `metadata.name` stays, and every earlier name leads here. */
                renamedTo?: string;
                /**
                 * @description Words to find it by.
                 * @default []
                 */
                topics: string[];
                /**
                 * @description Default: the organization’s. `private`: members of the organization. `internal`: members of every organization here. `public`: anyone may clone.
                 * @enum {string}
                 */
                visibility?: "private" | "internal" | "public";
            };
            /** @description What was observed. */
            status?: {
                /**
                 * Format: int64
                 * @description How many branches it has.
                 */
                branches?: number;
                /** @description Smart HTTP; the password is a token. */
                cloneUrl?: string;
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /** @description Commit of the default branch; absent while it is empty. */
                headSha?: string;
                /** @description How far the import is; absent before and after. */
                import?: {
                    /** @description What is being done, for people. */
                    message?: string;
                    /**
                     * Format: int64
                     * @description Of the objects that are to be received.
                     */
                    percent?: number;
                    /**
                     * Format: int64
                     * @description What came so far.
                     */
                    receivedBytes?: number;
                };
                /** @description The head of the default branch up to which commits were looked through for “closes #2”. */
                issuesSha?: string;
                /** @description When it was last pushed to, to the second; absent before the first push. */
                lastPushAt?: string;
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description `Reconciling`: it is being made. `Degraded`: it could not be made or read; the conditions say why.
                 * @enum {string}
                 */
                phase?: "Reconciling" | "Ready" | "Degraded";
                /** @description The head of the default branch whose pipelines were started. */
                pipelinesSha?: string;
                /**
                 * Format: int64
                 * @description Bytes its git objects take on disk.
                 */
                sizeBytes?: number;
                /** @description For a registered SSH key; absent where SSH is not served. */
                sshUrl?: string;
            };
        };
        RepositoryList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["Repository"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        ResourceInput: {
            /** @description Default: that of the kind. */
            apiVersion?: string;
            /** @description A kind by any of its names: `Repository`, `repositories`, `repo`. */
            kind: string;
            metadata: {
                name: string;
                /** @description Left out, or the organization’s own. */
                namespace?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        ResourceList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["KrateResource"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        /** @description One person’s verdict on a pull request at one commit. */
        Review: {
            /** @enum {string} */
            apiVersion: "krate.a5c.ai/v1alpha1";
            /** @enum {string} */
            kind: "Review";
            /** @description Standard object metadata. */
            metadata: {
                /** @description Map of further data that is not for selecting. */
                annotations?: {
                    [key: string]: string;
                };
                /**
                 * Format: date-time
                 * @description When the object was created; set by the server.
                 */
                creationTimestamp?: string;
                /**
                 * Format: int64
                 * @description Seconds the object may take to end; set by the server.
                 */
                deletionGracePeriodSeconds?: number;
                /**
                 * Format: date-time
                 * @description When deletion was asked for; set by the server.
                 */
                deletionTimestamp?: string;
                /** @description The object is not removed before this list is empty. */
                finalizers?: string[];
                /** @description Prefix of a name that the server completes when no name is given. */
                generateName?: string;
                /**
                 * Format: int64
                 * @description Grows with every change of the desired state; set by the server.
                 */
                generation?: number;
                /** @description Map by which objects are selected. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Who manages which fields; set by the server. */
                managedFields?: {
                    /** @description The version the fields are written in. */
                    apiVersion?: string;
                    /** @description Always FieldsV1. */
                    fieldsType?: string;
                    /** @description The set of fields. */
                    fieldsV1?: Record<string, never>;
                    /** @description Who set the fields. */
                    manager?: string;
                    /** @description Apply or Update. */
                    operation?: string;
                    /** @description The subresource the fields were set through. */
                    subresource?: string;
                    /**
                     * Format: date-time
                     * @description When the manager last changed the set.
                     */
                    time?: string;
                }[];
                /** @description Name, unique among the objects of a kind in a namespace. Cannot be changed. */
                name: string;
                /** @description Namespace the object lives in. Cannot be changed. */
                namespace?: string;
                /** @description Objects whose deletion deletes this one. */
                ownerReferences?: {
                    /** @description API version of the owner. */
                    apiVersion: string;
                    /** @description A foreground deletion of the owner waits for this object. */
                    blockOwnerDeletion?: boolean;
                    /** @description True for the one owner that manages the object. */
                    controller?: boolean;
                    /** @description Kind of the owner. */
                    kind: string;
                    /** @description Name of the owner, in the same namespace. */
                    name: string;
                    /** @description UID of the owner. */
                    uid: string;
                }[];
                /** @description Opaque version of the object, for optimistic concurrency and watches. */
                resourceVersion?: string;
                /** @description No longer used. */
                selfLink?: string;
                /** @description Unique in time and space; set by the server. */
                uid?: string;
            };
            /** @description What is wanted. */
            spec: {
                /** @description What is said of the whole, in Markdown. */
                body?: string;
                /**
                 * @description What is said of single lines.
                 * @default []
                 */
                comments: {
                    /** @description What is said of that line, in Markdown. */
                    body: string;
                    /**
                     * Format: int64
                     * @description Line in the new file, or in the old one with side `old`.
                     */
                    line: number;
                    /** @description The file, relative to the root of the repository. */
                    path: string;
                    /**
                     * @description Which version of the file `line` counts in.
                     * @default new
                     * @enum {string}
                     */
                    side: "new" | "old";
                }[];
                /**
                 * @description The verdict; `commented` gives none.
                 * @enum {string}
                 */
                decision: "approved" | "changes_requested" | "commented";
                /** @description The commit that was reviewed; set by the server to the present head when absent. */
                headSha?: string;
                /** @description The organization the object belongs to. The server fills it in from the namespace. */
                organizationRef?: string;
                /** @description What is reviewed. */
                pullRequest: string;
                /** @description Set by the server from the caller. */
                reviewer?: string;
            };
            /** @description What was observed. */
            status?: {
                /** @description What the controller found, one entry of each type. */
                conditions?: {
                    /**
                     * Format: date-time
                     * @description When `status` last changed.
                     */
                    lastTransitionTime: string;
                    /** @description Why, in a sentence for people. */
                    message: string;
                    /**
                     * Format: int64
                     * @description The `metadata.generation` that the controller looked at.
                     */
                    observedGeneration?: number;
                    /** @description Why, in one word that programs may rely on. */
                    reason: string;
                    /**
                     * @description Whether it holds; `Unknown` as long as the controller cannot tell.
                     * @enum {string}
                     */
                    status: "True" | "False" | "Unknown";
                    /** @description What is judged: one of the condition types of the kind. */
                    type: string;
                }[];
                /**
                 * Format: int64
                 * @description The `metadata.generation` that this status answers; as long as it is behind, the controller has yet to look.
                 */
                observedGeneration?: number;
                /**
                 * @description The decision, whether it counts or not; condition `Ready` says that.
                 * @enum {string}
                 */
                phase?: "Approved" | "ChangesRequested" | "Commented";
                /** @description The pull request moved on since. */
                stale?: boolean;
            };
        };
        SecretGrantList: {
            /** @description Given as `continue`, it asks for the next page. */
            continue?: string;
            items: components["schemas"]["AgentSecretGrant"][];
            kind: string;
            /** @description The state of the store that this page shows; a watch goes on from it. */
            resourceVersion: string;
            /** @description How many there are, on this page and the following ones. */
            total: number;
        };
        SecretItem: {
            createdAt: string | null;
            /** @description Who may use it. */
            grants: string[];
            /** @description Names of the values; a value is never shown. */
            keys: string[];
            name: string;
            namespace: string;
            type: string;
        };
        SnapshotInput: {
            /** @constant */
            kind?: "KrateRuntimeSnapshot";
            /** @description Where it was exported; it may be imported elsewhere. */
            organizationRef?: string;
            resources: components["schemas"]["ResourceInput"][];
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description The request does not have the form that this document describes. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description It exists already, or has changed, or is not in a state for this. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The page or position is too old: begin anew. */
        Expired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Your role or a policy does not allow it. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description A fault of the server; its log has the correlation id. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Well formed, but the kind or a rule refuses it. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description It does not exist, or is hidden from you. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The body is over the limit. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description No credentials, or some that are not valid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Not at the moment; `Retry-After` says when to try again. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The body is neither JSON nor YAML. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description Name of the organization.
         * @example acme
         */
        Organization: string;
        /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
        RequestId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getController: {
        parameters: {
            query?: {
                org?: string;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControllerUiModel"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOrganizations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organizations: components["schemas"]["OrgSummary"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "slug": "acme",
                 *       "displayName": "Acme"
                 *     }
                 */
                "application/json": components["schemas"]["NewOrganization"];
            };
        };
        responses: {
            /** @description Made. `namespace` and `binding` are absent when they were not there yet after a few seconds: read the organization’s conditions. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binding?: components["schemas"]["OrgNamespaceBinding"];
                        namespace?: components["schemas"]["Namespace"];
                        organization: components["schemas"]["Organization"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resource. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentApprovals: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
                phase?: "Pending" | "Approved" | "Denied" | "Expired" | "Withdrawn" | "pending" | "approved" | "denied" | "rejected" | "expired" | "withdrawn";
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentApprovalList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    decideAgentApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "approve",
                 *       "reason": "Approved for the hotfix"
                 *     }
                 */
                "application/json": components["schemas"]["ApprovalDecision"];
            };
        };
        responses: {
            /** @description Recorded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        approvalName: string;
                        decided: boolean;
                        /** @enum {string} */
                        decision: "approve" | "deny";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    dispatchAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "stackRef": "fixer",
                 *       "repository": "web",
                 *       "branch": "main",
                 *       "prompt": "Make the failing test pass."
                 *     }
                 */
                "application/json": components["schemas"]["DispatchInput"];
            };
        };
        responses: {
            /** @description Dispatched; its permission review comes first. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    streamAgentEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    reviewPermissions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agentStack": "fixer",
                 *       "repository": "web",
                 *       "ref": "main"
                 *     }
                 */
                "application/json": components["schemas"]["PermissionReviewInput"];
            };
        };
        responses: {
            /** @description The review. Nothing was launched. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionReviewResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentRuns: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
                phase?: "Pending" | "AwaitingApproval" | "Queued" | "Running" | "Completed" | "Failed" | "Cancelled" | "pending" | "awaiting-approval" | "awaiting_approval" | "queued" | "running" | "in-progress" | "completed" | "succeeded" | "Succeeded" | "failed" | "error" | "cancelled" | "canceled" | "Canceled";
                repository?: string;
                stack?: string;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRunList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgentRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resource. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDispatchRun"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelAgentRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "Not needed any more"
                 *     }
                 */
                "application/json": components["schemas"]["CancelInput"];
            };
        };
        responses: {
            /** @description Asked for: the run ends as soon as its program is stopped. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cancelled: boolean;
                        runName: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryAgentRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A new run with the next attempt number. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgentStacks: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `metadata.name=web`, or a field that the kind declares. */
                fieldSelector?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentStackList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAgentStack: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "fixer",
                 *       "spec": {
                 *         "baseAgent": "opencode",
                 *         "adapter": "opencode",
                 *         "runtimeIdentity": {
                 *           "serviceAccountRef": "fixer"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewAgentStack"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentStack"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description `create`, `delete`, `merge`, … */
                action?: string;
                /** @description `next` of the page before. */
                before?: number;
                limit?: number;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        next?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Names of kinds, separated by commas. Default: every kind that you may watch. */
                kinds?: string;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPullRequests: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
                phase?: "Open" | "Draft" | "Merged" | "Closed" | "open" | "draft" | "merged" | "closed";
                repository?: string;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PullRequestList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPullRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "repository": "web",
                 *       "title": "Fix the rounding of prices",
                 *       "sourceRef": "fix-rounding",
                 *       "targetRef": "main"
                 *     }
                 */
                "application/json": components["schemas"]["NewPullRequest"];
            };
        };
        responses: {
            /** @description Made and numbered. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PullRequest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPullRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
                /** @description `<repository>-<number>` */
                pr: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resource. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PullRequest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    completeChecks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
                /** @description `<repository>-<number>` */
                pr: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "waitSeconds": 30
                 *     }
                 */
                "application/json": components["schemas"]["ChecksQuestion"];
            };
        };
        responses: {
            /** @description How they stand; `complete` is false when some are still under way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: {
                            context: string;
                            job?: string;
                            pipeline?: string;
                            required: boolean;
                            state: string;
                        }[];
                        complete: boolean;
                        headSha?: string;
                        /** @description All are over and every required one succeeded. */
                        passed: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    mergePullRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
                /** @description `<repository>-<number>` */
                pr: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "method": "squash"
                 *     }
                 */
                "application/json": components["schemas"]["MergeRequest"];
            };
        };
        responses: {
            /** @description Merged, or asked for and not decided yet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mergeCommit?: string;
                        merged: boolean;
                        pullRequest: components["schemas"]["PullRequest"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    addReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
                /** @description `<repository>-<number>` */
                pr: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "approved",
                 *       "body": "Reads well."
                 *     }
                 */
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description Recorded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRepositories: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `metadata.name=web`, or a field that the kind declares. */
                fieldSelector?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepositoryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "web",
                 *       "visibility": "private"
                 *     }
                 */
                "application/json": components["schemas"]["NewRepository"];
            };
        };
        responses: {
            /** @description Made; git answers once its condition `Ready` is true. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        repository: components["schemas"]["Repository"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resource. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It goes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listResources: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `metadata.name=web`, or a field that the kind declares. */
                fieldSelector?: string;
                /** @description A kind by any of its names: `Repository`, `repositories`, `repo`. */
                kind?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    applyResource: {
        parameters: {
            query?: {
                /** @description Go through everything, store nothing. */
                dryRun?: "true" | "false";
                force?: "true" | "false";
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "apiVersion": "krate.a5c.ai/v1alpha1",
                 *       "kind": "Team",
                 *       "metadata": {
                 *         "name": "web"
                 *       },
                 *       "spec": {
                 *         "displayName": "Web"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ResourceInput"];
            };
        };
        responses: {
            /** @description It was there and has the fields given. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplyResult"];
                };
            };
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplyResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A kind by any of its names: `Repository`, `repositories`, `repo`. */
                kind: string;
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The object. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KrateResource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A kind by any of its names: `Repository`, `repositories`, `repo`. */
                kind: string;
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, or goes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRuntimeResources: {
        parameters: {
            query?: {
                /** @description From the page before. */
                continue?: string;
                /** @description `metadata.name=web`, or a field that the kind declares. */
                fieldSelector?: string;
                /** @description `a=b,c!=d,e in (f,g)` */
                labelSelector?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description A kind by any of its names: `Repository`, `repositories`, `repo`. */
                kind: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Expired"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSecretGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretGrantList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSecretGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secretName": "model-key",
                 *       "grantedTo": "fixer",
                 *       "purpose": "model-provider-token"
                 *     }
                 */
                "application/json": components["schemas"]["NewSecretGrant"];
            };
        };
        responses: {
            /** @description Granted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: boolean;
                        name: string;
                        resource: components["schemas"]["AgentSecretGrant"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSecrets: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secrets: components["schemas"]["SecretItem"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "model-key",
                 *       "data": {
                 *         "apiKey": "replace-me"
                 *       },
                 *       "grantedTo": "fixer",
                 *       "purpose": "model-provider-token"
                 *     }
                 */
                "application/json": components["schemas"]["NewSecret"];
            };
        };
        responses: {
            /** @description Kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: boolean;
                        name: string;
                        secret: components["schemas"]["SecretItem"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                name: string;
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The snapshot. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KrateRuntimeSnapshot"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    importSnapshot: {
        parameters: {
            query?: {
                dryRun?: "true" | "false";
            };
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path: {
                /**
                 * @description Name of the organization.
                 * @example acme
                 */
                org: components["parameters"]["Organization"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "KrateRuntimeSnapshot",
                 *       "resources": [
                 *         {
                 *           "kind": "Team",
                 *           "metadata": {
                 *             "name": "web"
                 *           },
                 *           "spec": {
                 *             "displayName": "Web"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SnapshotInput"];
            };
        };
        responses: {
            /** @description Imported, or with `dryRun` only found to be in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        configured: number;
                        created: number;
                        dryRun: boolean;
                        resources: {
                            kind: string;
                            name: string;
                            /** @enum {string} */
                            operation: "created" | "configured";
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Yes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["InternalError"];
            /** @description No; `checks` says which part does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Yes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["InternalError"];
            /** @description No; `checks` says which part does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own name for the request; the answer, a refusal’s `correlationId` and the log repeat it. */
                "x-request-id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Yes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["InternalError"];
            /** @description No; `checks` says which part does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
}
