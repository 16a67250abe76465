CREATE TABLE knex_migrations (
    id integer NOT NULL,
    name character varying(255),
    batch integer,
    migration_time timestamp with time zone
);
CREATE SEQUENCE knex_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE knex_migrations_id_seq OWNED BY knex_migrations.id;
CREATE TABLE knex_migrations_lock (
    index integer NOT NULL,
    is_locked integer
);
CREATE SEQUENCE knex_migrations_lock_index_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE knex_migrations_lock_index_seq OWNED BY knex_migrations_lock.index;
CREATE TABLE krate_audit_event (
    id bigint NOT NULL,
    "time" bigint NOT NULL,
    principal character varying(512) NOT NULL,
    action character varying(128) NOT NULL,
    resource character varying(1024),
    organization character varying(63),
    outcome character varying(16) NOT NULL,
    details text
);
COMMENT ON TABLE krate_audit_event IS 'Append-only: every mutation and every denial';
COMMENT ON COLUMN krate_audit_event."time" IS 'Milliseconds since 1970';
COMMENT ON COLUMN krate_audit_event.resource IS 'Kind/namespace/name';
COMMENT ON COLUMN krate_audit_event.details IS 'JSON';
CREATE SEQUENCE krate_audit_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE krate_audit_event_id_seq OWNED BY krate_audit_event.id;
CREATE TABLE krate_effects (
    id text NOT NULL,
    name text NOT NULL,
    key text NOT NULL,
    keyed boolean NOT NULL,
    owner_kind text NOT NULL,
    owner_namespace text,
    owner_name text NOT NULL,
    owner_uid text NOT NULL,
    input text,
    state text NOT NULL,
    result text,
    progress text,
    error text,
    cancel_requested boolean DEFAULT false NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    next_at bigint NOT NULL,
    created_at bigint NOT NULL,
    started_at bigint,
    finished_at bigint
);
COMMENT ON TABLE krate_effects IS 'Intents to act on the outside world, and what became of them';
COMMENT ON COLUMN krate_effects.id IS 'owner uid / effect name / key';
COMMENT ON COLUMN krate_effects.keyed IS 'The key was given; otherwise it stands for a generation';
COMMENT ON COLUMN krate_effects.input IS 'JSON';
COMMENT ON COLUMN krate_effects.result IS 'JSON';
COMMENT ON COLUMN krate_effects.progress IS 'JSON';
COMMENT ON COLUMN krate_effects.error IS 'JSON: code, message, retryable';
COMMENT ON COLUMN krate_effects.attempts IS 'How often perform was started';
COMMENT ON COLUMN krate_effects.failures IS 'Failures so far of observe and perform';
COMMENT ON COLUMN krate_effects.next_at IS 'Not to be tried before; ms since the epoch';
CREATE TABLE krate_effects_migrations (
    id integer NOT NULL,
    name character varying(255),
    batch integer,
    migration_time timestamp with time zone
);
CREATE SEQUENCE krate_effects_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE krate_effects_migrations_id_seq OWNED BY krate_effects_migrations.id;
CREATE TABLE krate_effects_migrations_lock (
    index integer NOT NULL,
    is_locked integer
);
CREATE SEQUENCE krate_effects_migrations_lock_index_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE krate_effects_migrations_lock_index_seq OWNED BY krate_effects_migrations_lock.index;
CREATE TABLE krate_store (
    id integer NOT NULL,
    revision bigint NOT NULL,
    compacted bigint NOT NULL,
    CONSTRAINT krate_store_id_check CHECK ((id = 1))
)
WITH (fillfactor='10');
CREATE TABLE krate_store_counter (
    name text NOT NULL COLLATE pg_catalog."C",
    value bigint NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE krate_store_event (
    revision bigint NOT NULL,
    at bigint NOT NULL,
    type text NOT NULL,
    grp text NOT NULL COLLATE pg_catalog."C",
    resource text NOT NULL COLLATE pg_catalog."C",
    namespace text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    uid text NOT NULL,
    previous_revision bigint,
    json text,
    previous_json text
);
CREATE TABLE krate_store_label (
    grp text NOT NULL COLLATE pg_catalog."C",
    resource text NOT NULL COLLATE pg_catalog."C",
    namespace text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE krate_store_object (
    grp text NOT NULL COLLATE pg_catalog."C",
    resource text NOT NULL COLLATE pg_catalog."C",
    namespace text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    uid text NOT NULL,
    revision bigint NOT NULL,
    json text NOT NULL
)
WITH (fillfactor='80');
CREATE TABLE krate_store_version (
    version integer NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE krate_stream (
    id character varying(36) NOT NULL,
    resource character varying(253) NOT NULL,
    namespace character varying(253) NOT NULL,
    name character varying(253) NOT NULL,
    uid character varying(64) NOT NULL,
    stream character varying(63) NOT NULL,
    length bigint DEFAULT '0'::bigint NOT NULL,
    sealed boolean DEFAULT false NOT NULL,
    digest character varying(71)
);
COMMENT ON TABLE krate_stream IS 'Append-only byte streams of objects';
COMMENT ON COLUMN krate_stream.length IS 'Bytes';
COMMENT ON COLUMN krate_stream.digest IS 'sha256:<hex>, once sealed';
CREATE TABLE krate_stream_chunk (
    stream_id character varying(36) NOT NULL,
    "offset" bigint NOT NULL,
    data bytea NOT NULL
);
COMMENT ON COLUMN krate_stream_chunk."offset" IS 'Of the first byte';
COMMENT ON COLUMN krate_stream_chunk.data IS 'At most 64 KiB';
CREATE TABLE krate_token (
    id character varying(36) NOT NULL,
    hash character varying(64) NOT NULL,
    purpose character varying(16) NOT NULL,
    principal text NOT NULL,
    principal_key character varying(512) NOT NULL,
    description text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint
);
COMMENT ON TABLE krate_token IS 'Opaque bearer tokens; only their hash is kept';
COMMENT ON COLUMN krate_token.hash IS 'sha256 of the token, hexadecimal';
COMMENT ON COLUMN krate_token.principal IS 'JSON';
COMMENT ON COLUMN krate_token.principal_key IS 'Equal for equal principals';
COMMENT ON COLUMN krate_token.created_at IS 'Milliseconds since 1970';
ALTER TABLE ONLY knex_migrations ALTER COLUMN id SET DEFAULT nextval('knex_migrations_id_seq'::regclass);
ALTER TABLE ONLY knex_migrations_lock ALTER COLUMN index SET DEFAULT nextval('knex_migrations_lock_index_seq'::regclass);
ALTER TABLE ONLY krate_audit_event ALTER COLUMN id SET DEFAULT nextval('krate_audit_event_id_seq'::regclass);
ALTER TABLE ONLY krate_effects_migrations ALTER COLUMN id SET DEFAULT nextval('krate_effects_migrations_id_seq'::regclass);
ALTER TABLE ONLY krate_effects_migrations_lock ALTER COLUMN index SET DEFAULT nextval('krate_effects_migrations_lock_index_seq'::regclass);
INSERT INTO knex_migrations VALUES (1, '20261120000000_init.js', 1, '2026-11-20 22:30:12.133+00');
INSERT INTO knex_migrations_lock VALUES (1, 0);
INSERT INTO krate_audit_event VALUES (1, 1763640000000, 'user:ada', 'create', 'Organization/krate-system/acme', 'acme', 'allowed', NULL);
INSERT INTO krate_effects VALUES ('u1/clone/g1', 'clone', 'g1', false, 'Repository', 'krate-org-acme', 'website', 'u1', '{"depth":1}', 'Running', NULL, NULL, NULL, false, 1, 0, 1763640000000, 1763640000000, 1763640001000, NULL);
INSERT INTO krate_effects VALUES ('u1/push/g1', 'push', 'g1', false, 'Repository', 'krate-org-acme', 'website', 'u1', NULL, 'Succeeded', '{"sha":"abc"}', NULL, NULL, false, 0, 0, 1763640000000, 1763640000000, NULL, 1763640002000);
INSERT INTO krate_effects_migrations VALUES (1, '001_effects', 1, '2026-11-20 22:30:12.214+00');
INSERT INTO krate_effects_migrations_lock VALUES (1, 0);
INSERT INTO krate_store VALUES (1, 5, 0);
INSERT INTO krate_store_counter VALUES ('organizations', 3);
INSERT INTO krate_store_event VALUES (1, 1763640000000, 'ADDED', 'krate.a5c.ai', 'organizations', 'krate-system', 'acme', 'uid-acme', NULL, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"acme","namespace":"krate-system","uid":"uid-acme","labels":{"tier":"gold"}},"spec":{"displayName":"acme"}}', NULL);
INSERT INTO krate_store_event VALUES (2, 1763640000000, 'ADDED', 'krate.a5c.ai', 'organizations', 'krate-system', 'globex', 'uid-globex', NULL, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"globex"}}', NULL);
INSERT INTO krate_store_event VALUES (3, 1763640000000, 'MODIFIED', 'krate.a5c.ai', 'organizations', 'krate-system', 'globex', 'uid-globex', 2, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"Globex"}}', '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"globex"}}');
INSERT INTO krate_store_event VALUES (4, 1763640000000, 'ADDED', 'krate.a5c.ai', 'organizations', 'krate-system', 'gone', 'uid-gone', NULL, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"gone","namespace":"krate-system","uid":"uid-gone","labels":{}},"spec":{"displayName":"gone"}}', NULL);
INSERT INTO krate_store_event VALUES (5, 1763640000000, 'DELETED', 'krate.a5c.ai', 'organizations', 'krate-system', 'gone', 'uid-gone', 4, NULL, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"gone","namespace":"krate-system","uid":"uid-gone","labels":{}},"spec":{"displayName":"gone"}}');
INSERT INTO krate_store_label VALUES ('krate.a5c.ai', 'organizations', 'krate-system', 'acme', 'tier', 'gold');
INSERT INTO krate_store_object VALUES ('krate.a5c.ai', 'organizations', 'krate-system', 'acme', 'uid-acme', 1, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"acme","namespace":"krate-system","uid":"uid-acme","labels":{"tier":"gold"}},"spec":{"displayName":"acme"}}');
INSERT INTO krate_store_object VALUES ('krate.a5c.ai', 'organizations', 'krate-system', 'globex', 'uid-globex', 3, '{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"Globex"}}');
INSERT INTO krate_store_version VALUES (1, '2026-11-20 22:30:12.238213+00');
INSERT INTO krate_stream VALUES ('stream-1', 'agentdispatchruns', 'krate-org-acme', 'r1', 'u1', 'transcript', 11, false, NULL);
INSERT INTO krate_stream_chunk VALUES ('stream-1', 0, '\x68656c6c6f20');
INSERT INTO krate_stream_chunk VALUES ('stream-1', 6, '\x7468657265');
INSERT INTO krate_token VALUES ('token-1', '63886144a5ecf8728a8b46d0d3a422ad5a1e3c9874b1feebc379d90ee42d1a1b', 'access', '{"type":"user","name":"ada"}', 'user:ada', 'laptop', 1763640000000, NULL, NULL);
SELECT pg_catalog.setval('knex_migrations_id_seq', 1, true);
SELECT pg_catalog.setval('knex_migrations_lock_index_seq', 1, true);
SELECT pg_catalog.setval('krate_audit_event_id_seq', 1, true);
SELECT pg_catalog.setval('krate_effects_migrations_id_seq', 1, true);
SELECT pg_catalog.setval('krate_effects_migrations_lock_index_seq', 1, true);
ALTER TABLE ONLY knex_migrations_lock
    ADD CONSTRAINT knex_migrations_lock_pkey PRIMARY KEY (index);
ALTER TABLE ONLY knex_migrations
    ADD CONSTRAINT knex_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY krate_audit_event
    ADD CONSTRAINT krate_audit_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY krate_effects_migrations_lock
    ADD CONSTRAINT krate_effects_migrations_lock_pkey PRIMARY KEY (index);
ALTER TABLE ONLY krate_effects_migrations
    ADD CONSTRAINT krate_effects_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY krate_effects
    ADD CONSTRAINT krate_effects_pkey PRIMARY KEY (id);
ALTER TABLE ONLY krate_store_counter
    ADD CONSTRAINT krate_store_counter_pkey PRIMARY KEY (name);
ALTER TABLE ONLY krate_store_event
    ADD CONSTRAINT krate_store_event_pkey PRIMARY KEY (revision);
ALTER TABLE ONLY krate_store_label
    ADD CONSTRAINT krate_store_label_pkey PRIMARY KEY (grp, resource, namespace, name, key);
ALTER TABLE ONLY krate_store_object
    ADD CONSTRAINT krate_store_object_pkey PRIMARY KEY (grp, resource, namespace, name);
ALTER TABLE ONLY krate_store
    ADD CONSTRAINT krate_store_pkey PRIMARY KEY (id);
ALTER TABLE ONLY krate_store_version
    ADD CONSTRAINT krate_store_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY krate_stream_chunk
    ADD CONSTRAINT krate_stream_chunk_pkey PRIMARY KEY (stream_id, "offset");
ALTER TABLE ONLY krate_stream
    ADD CONSTRAINT krate_stream_pkey PRIMARY KEY (id);
ALTER TABLE ONLY krate_stream
    ADD CONSTRAINT krate_stream_resource_namespace_name_uid_stream_unique UNIQUE (resource, namespace, name, uid, stream);
ALTER TABLE ONLY krate_token
    ADD CONSTRAINT krate_token_hash_unique UNIQUE (hash);
ALTER TABLE ONLY krate_token
    ADD CONSTRAINT krate_token_pkey PRIMARY KEY (id);
CREATE INDEX krate_audit_event_organization_id_index ON krate_audit_event USING btree (organization, id);
CREATE INDEX krate_effects_owner_uid_idx ON krate_effects USING btree (owner_uid);
CREATE INDEX krate_effects_state_idx ON krate_effects USING btree (state);
CREATE INDEX krate_store_event_resource ON krate_store_event USING btree (grp, resource, revision);
CREATE INDEX krate_store_label_value ON krate_store_label USING btree (grp, resource, key, value, namespace, name);
CREATE INDEX krate_token_principal_key_index ON krate_token USING btree (principal_key);
ALTER TABLE ONLY krate_stream_chunk
    ADD CONSTRAINT krate_stream_chunk_stream_id_foreign FOREIGN KEY (stream_id) REFERENCES krate_stream(id) ON DELETE CASCADE;
