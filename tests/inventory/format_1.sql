PRAGMA application_id = 1836346483;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE certificate (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        fingerprint TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        sort_name TEXT NOT NULL,
        search_text TEXT NOT NULL,
        subject TEXT NOT NULL,
        issuer TEXT NOT NULL,
        subject_hash TEXT NOT NULL,
        issuer_hash TEXT NOT NULL,
        common_name TEXT,
        serial TEXT NOT NULL,
        not_before INTEGER NOT NULL,
        not_after INTEGER NOT NULL,
        kind TEXT NOT NULL,
        is_ca INTEGER NOT NULL CHECK (is_ca IN (0, 1)),
        self_signed INTEGER NOT NULL CHECK (self_signed IN (0, 1)),
        key_label TEXT NOT NULL,
        spki_sha256 TEXT NOT NULL,
        san TEXT NOT NULL,
        extra_search TEXT NOT NULL,
        ski TEXT,
        aki TEXT,
        issuer_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        key_id INTEGER REFERENCES key (id) ON DELETE SET NULL,
        revoked_at INTEGER,
        revocation_reason TEXT,
        label TEXT,
        notes TEXT NOT NULL,
        tags TEXT NOT NULL,
        color TEXT,
        profile TEXT,
        source TEXT NOT NULL CHECK (source IN ('issued', 'imported')),
        added_at INTEGER NOT NULL,
        predecessor_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        CHECK (issuer_id <> id)
    );
INSERT INTO "certificate" VALUES(1,'ccaa9163f8e0d9c5b8357ae44e0b5162067e9238a74182668b3f7d210e569f6a','Root','root','cn=root,o=example
4b1c6ed9ad7cd91a227a6d2c9f53272e02910b14
ccaa9163f8e0d9c5b8357ae44e0b5162067e9238a74182668b3f7d210e569f6a','CN=Root,O=Example','CN=Root','0ac596e7de358a9d27c49535b157de552ca6655f539e3570188e571d4bb0ef2c','0ac596e7de358a9d27c49535b157de552ca6655f539e3570188e571d4bb0ef2c','Root','4b1c6ed9ad7cd91a227a6d2c9f53272e02910b14',1792843200,2110795200,'root_ca',1,1,'ECDSA P-256','e707618f4c22549c510720b98d1085557116dc430e074a2d1ebbfc5a324d34ac','[]','[]','9dc6ce28f42098a0103ece84002de947687d1190',NULL,NULL,1,NULL,NULL,NULL,'','[]',NULL,NULL,'imported',1795435200,NULL);
INSERT INTO "certificate" VALUES(2,'57a59d48c9ad50d21d6fcf64efb14a9713c64cb8ecbcc41447c1ba2797aec7a0','web.test','web.test','cn=web.test,o=example
39ac7c1c14247f431e7c827d5604b5910330b725
57a59d48c9ad50d21d6fcf64efb14a9713c64cb8ecbcc41447c1ba2797aec7a0
kept
dns:web.test
prod','CN=web.test,O=Example','CN=Root','c1b95dd297ac7c0a5cceadca89dec936b9cb75bad50d4a4c2554d10cceb1fb31','0ac596e7de358a9d27c49535b157de552ca6655f539e3570188e571d4bb0ef2c','web.test','39ac7c1c14247f431e7c827d5604b5910330b725',1792843200,1800619200,'server',0,0,'ECDSA P-256','c65920101c70604948d55bc616ebb7404d3a9e71711ce96192aeb1e1e4779050','["dns:web.test"]','[]',NULL,NULL,1,NULL,NULL,NULL,NULL,'kept','["prod"]',NULL,NULL,'imported',1795435200,NULL);
CREATE TABLE certificate_der (
        certificate_id INTEGER PRIMARY KEY REFERENCES certificate (id) ON DELETE CASCADE,
        der BLOB NOT NULL
    );
INSERT INTO "certificate_der" VALUES(1,X'646572206F6620526F6F74');
INSERT INTO "certificate_der" VALUES(2,X'646572206F66207765622E74657374');
CREATE TABLE crl (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        issuer_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        issuer TEXT NOT NULL,
        number TEXT,
        this_update INTEGER NOT NULL,
        next_update INTEGER,
        der BLOB NOT NULL,
        added_at INTEGER NOT NULL
    );
INSERT INTO "crl" VALUES(1,1,'CN=Root','0000000000000000000000000000000000000003',1795435200,1796040000,X'63726C',1795435200);
CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        object_kind TEXT NOT NULL,
        object_id INTEGER,
        object_name TEXT NOT NULL,
        details TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
    );
INSERT INTO "journal" VALUES(1,1795435200,'ada@host','issue','certificate',1,'web.test','{}','0000000000000000000000000000000000000000000000000000000000000000','64dcb90f26264d9671a6bc943b4617894a608f7ed5198f561fd45ef69901a89a');
INSERT INTO "journal" VALUES(2,1795435200,'ada@host','revoke','certificate',1,'web.test','{}','64dcb90f26264d9671a6bc943b4617894a608f7ed5198f561fd45ef69901a89a','5d3828683b265561c2c05cc82330dc84748714add983c2f372655423b10e1bfc');
CREATE TABLE key (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        spki_sha256 TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        algorithm TEXT NOT NULL,
        bits INTEGER,
        custody TEXT NOT NULL CHECK (custody IN ('vault', 'sealed')),
        vault_kind TEXT,
        vault_ref TEXT,
        sealed BLOB,
        state TEXT NOT NULL CHECK (state IN ('pending', 'held', 'moving', 'deleting')),
        new_vault_kind TEXT,
        new_vault_ref TEXT,
        added_at INTEGER NOT NULL,
        name TEXT NOT NULL,
        CHECK (custody = 'vault' AND vault_ref IS NOT NULL AND sealed IS NULL
            OR custody = 'sealed' AND vault_ref IS NULL AND sealed IS NOT NULL)
    );
INSERT INTO "key" VALUES(1,'e707618f4c22549c510720b98d1085557116dc430e074a2d1ebbfc5a324d34ac','ECDSA P-256','p256',256,'vault','file','ref of Root',NULL,'held',NULL,NULL,1795435200,'Root');
CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        der BLOB NOT NULL,
        name TEXT NOT NULL,
        subject TEXT NOT NULL,
        san TEXT NOT NULL,
        spki_sha256 TEXT NOT NULL,
        key_id INTEGER REFERENCES key (id) ON DELETE SET NULL,
        added_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'fulfilled', 'signed')),
        certificate_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        notes TEXT NOT NULL
    );
INSERT INTO "request" VALUES(1,X'637372','web.test','CN=web.test','["dns:web.test"]','c65920101c70604948d55bc616ebb7404d3a9e71711ce96192aeb1e1e4779050',NULL,1795435200,'open',2,'');
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "setting" VALUES('journal.head','2 5d3828683b265561c2c05cc82330dc84748714add983c2f372655423b10e1bfc');
CREATE INDEX key_unfinished ON key (state) WHERE state <> 'held';
CREATE UNIQUE INDEX certificate_issued_serial ON certificate (issuer_hash, serial)
        WHERE source = 'issued'
    ;
CREATE INDEX certificate_issuer_serial ON certificate (issuer_hash, serial);
CREATE INDEX certificate_subject ON certificate (subject_hash);
CREATE INDEX certificate_spki ON certificate (spki_sha256);
CREATE INDEX certificate_key ON certificate (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX certificate_predecessor ON certificate (predecessor_id)
        WHERE predecessor_id IS NOT NULL
    ;
CREATE INDEX certificate_authority ON certificate (issuer_id, id) WHERE is_ca = 1;
CREATE INDEX certificate_tree_name ON certificate (
        issuer_id, is_ca, sort_name, id,
        not_after, not_before, revoked_at, self_signed, key_id, kind, tags, search_text
    )
    ;
CREATE INDEX certificate_tree_expires ON certificate (issuer_id, is_ca, not_after, id);
CREATE INDEX certificate_tree_serial ON certificate (issuer_id, is_ca, serial, id);
CREATE INDEX certificate_tree_kind ON certificate (issuer_id, is_ca, kind, sort_name, id);
CREATE INDEX certificate_tree_key ON certificate (issuer_id, is_ca, key_label, sort_name, id);
CREATE INDEX certificate_tree_added ON certificate (issuer_id, is_ca, id);
CREATE INDEX certificate_name ON certificate (name);
CREATE INDEX certificate_sort_name ON certificate (sort_name, id);
CREATE INDEX certificate_expires ON certificate (not_after, id);
CREATE INDEX request_spki ON request (spki_sha256);
CREATE INDEX request_key ON request (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX request_certificate ON request (certificate_id) WHERE certificate_id IS NOT NULL;
CREATE INDEX crl_issuer ON crl (issuer_id, number);
CREATE INDEX journal_object ON journal (object_kind, object_id, seq);
CREATE TRIGGER journal_is_not_updated BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('key',1);
INSERT INTO "sqlite_sequence" VALUES('certificate',2);
INSERT INTO "sqlite_sequence" VALUES('request',1);
INSERT INTO "sqlite_sequence" VALUES('crl',1);
COMMIT;
