PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    compacted INTEGER NOT NULL
  ) STRICT;
INSERT INTO store VALUES(1,5,0);
CREATE TABLE object (
    id INTEGER PRIMARY KEY,
    grp TEXT NOT NULL,
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    uid TEXT NOT NULL,
    revision INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
INSERT INTO object VALUES(1,'krate.a5c.ai','organizations','krate-system','acme','uid-acme',1,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"acme","namespace":"krate-system","uid":"uid-acme","labels":{"tier":"gold"}},"spec":{"displayName":"acme"}}');
INSERT INTO object VALUES(2,'krate.a5c.ai','organizations','krate-system','globex','uid-globex',3,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"Globex"}}');
CREATE TABLE label (
    object INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    grp TEXT NOT NULL,
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (object, key)
  ) STRICT, WITHOUT ROWID;
INSERT INTO label VALUES(1,'tier','gold','krate.a5c.ai','organizations','krate-system','acme');
CREATE TABLE event (
    revision INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    grp TEXT NOT NULL,
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    uid TEXT NOT NULL,
    previous_revision INTEGER,
    json TEXT,
    previous_json TEXT
  ) STRICT;
INSERT INTO event VALUES(1,1763640000000,'ADDED','krate.a5c.ai','organizations','krate-system','acme','uid-acme',NULL,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"acme","namespace":"krate-system","uid":"uid-acme","labels":{"tier":"gold"}},"spec":{"displayName":"acme"}}',NULL);
INSERT INTO event VALUES(2,1763640000000,'ADDED','krate.a5c.ai','organizations','krate-system','globex','uid-globex',NULL,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"globex"}}',NULL);
INSERT INTO event VALUES(3,1763640000000,'MODIFIED','krate.a5c.ai','organizations','krate-system','globex','uid-globex',2,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"Globex"}}','{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"globex","namespace":"krate-system","uid":"uid-globex","labels":{}},"spec":{"displayName":"globex"}}');
INSERT INTO event VALUES(4,1763640000000,'ADDED','krate.a5c.ai','organizations','krate-system','gone','uid-gone',NULL,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"gone","namespace":"krate-system","uid":"uid-gone","labels":{}},"spec":{"displayName":"gone"}}',NULL);
INSERT INTO event VALUES(5,1763640000000,'DELETED','krate.a5c.ai','organizations','krate-system','gone','uid-gone',4,NULL,'{"apiVersion":"krate.a5c.ai/v1alpha1","kind":"Organization","metadata":{"name":"gone","namespace":"krate-system","uid":"uid-gone","labels":{}},"spec":{"displayName":"gone"}}');
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES('organizations',3);
CREATE UNIQUE INDEX object_key ON object (grp, resource, namespace, name);
CREATE INDEX label_value ON label (grp, resource, key, value, namespace, name);
CREATE INDEX event_resource ON event (grp, resource, revision, type, namespace, name);
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1265792101;
