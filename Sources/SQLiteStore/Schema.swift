import GRDB

/// The tables, as a list of steps from an empty file to the newest form. A step that was released is never changed;
/// what has to become different is a new step at the end.
enum Schema {
    /// Marks a file as this program's: `FOMO` in ASCII. Source: sqlite.org/pragma.html#pragma_application_id.
    static let application: Int32 = 0x464F_4D4F

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 the club") { database in
            try database.execute(sql: "PRAGMA application_id = \(application)")
            try database.execute(sql: documents)
            try database.execute(sql: library)
            try database.execute(sql: inbox)
            try database.execute(sql: outbox)
        }
        migrator.registerMigration("2 files to look into") { try $0.execute(sql: preparation) }
        migrator.registerMigration("3 the audit") { try $0.execute(sql: audit) }
        migrator.registerMigration("4 lists of people") { try $0.execute(sql: peopleLists) }
        migrator.registerMigration("5 albums") { try $0.execute(sql: albums) }
        migrator.registerMigration("6 invites") { try $0.execute(sql: invites) }
        migrator.registerMigration("7 checks of members") { try $0.execute(sql: clubChatChecks) }
        migrator.registerMigration("8 what is kept of a person") { try $0.execute(sql: traces) }
        migrator.registerMigration("9 counted tags") { try $0.execute(sql: countedTags) }
        migrator.registerMigration("10 shows") { try $0.execute(sql: shows) }
        migrator.registerMigration("11 broadcasts and notifications") { try $0.execute(sql: broadcasts) }
        migrator.registerMigration("20 rooms") { try $0.execute(sql: rooms) }
        migrator.registerMigration("23 listening") { try $0.execute(sql: listening) }
        migrator.registerMigration("30 progress") { try $0.execute(sql: progress) }
        migrator.registerMigration("33 figures") { try $0.execute(sql: figures) }
        migrator.registerMigration("35 thanks") { try $0.execute(sql: thanks) }
        return migrator
    }

    private static let documents = """
        CREATE TABLE users (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            telegram_id INTEGER UNIQUE,
            membership TEXT NOT NULL,
            role TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            -- When the person asked to join, where an answer is still to be given.
            waits_since INTEGER
        ) STRICT;
        CREATE INDEX users_membership ON users (membership, role);
        CREATE INDEX users_waiting ON users (waits_since, id) WHERE waits_since IS NOT NULL;

        CREATE TABLE club_settings (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE sign_in_links (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            poll TEXT NOT NULL UNIQUE,
            ends_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sign_in_links_end ON sign_in_links (ends_at);

        CREATE TABLE auth_sessions (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            member_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX auth_sessions_member ON auth_sessions (member_id, ends_at);
        CREATE INDEX auth_sessions_end ON auth_sessions (ends_at);

        -- Which cause was applied to which document.
        CREATE TABLE applied_causes (
            collection TEXT NOT NULL,
            entity TEXT NOT NULL,
            cause TEXT NOT NULL,
            applied_at INTEGER NOT NULL,
            PRIMARY KEY (collection, entity, cause)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX applied_causes_time ON applied_causes (applied_at);

        CREATE TABLE leases (
            name TEXT PRIMARY KEY NOT NULL,
            holder TEXT NOT NULL,
            place TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let library = """
        CREATE TABLE podcasts (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            status TEXT NOT NULL,
            listed_at INTEGER NOT NULL,
            -- When it was made, where a recording is still to be fetched.
            awaits_since INTEGER
        ) STRICT;
        CREATE INDEX podcasts_listed ON podcasts (status, listed_at, id);
        CREATE INDEX podcasts_awaiting ON podcasts (awaits_since, id) WHERE awaits_since IS NOT NULL;

        CREATE TABLE podcast_recordings (
            id TEXT PRIMARY KEY NOT NULL,
            file_id TEXT UNIQUE,
            podcast_id TEXT NOT NULL REFERENCES podcasts (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX podcast_recordings_podcast ON podcast_recordings (podcast_id);

        CREATE TABLE podcast_posts (
            channel INTEGER NOT NULL,
            message INTEGER NOT NULL,
            podcast_id TEXT NOT NULL REFERENCES podcasts (id) ON DELETE CASCADE,
            PRIMARY KEY (channel, message)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX podcast_posts_podcast ON podcast_posts (podcast_id);

        -- With the order of the lists, so that the list of a tag is one range of the index.
        CREATE TABLE podcast_tags (
            tag TEXT NOT NULL,
            status TEXT NOT NULL,
            listed_at INTEGER NOT NULL,
            podcast_id TEXT NOT NULL REFERENCES podcasts (id) ON DELETE CASCADE,
            PRIMARY KEY (tag, status, listed_at, podcast_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX podcast_tags_podcast ON podcast_tags (podcast_id);

        -- The words by which podcasts are found, both ways round.
        CREATE TABLE podcast_tokens (
            podcast_id TEXT NOT NULL REFERENCES podcasts (id) ON DELETE CASCADE,
            token TEXT NOT NULL,
            PRIMARY KEY (podcast_id, token)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX podcast_tokens_token ON podcast_tokens (token, podcast_id);
        """

    private static let albums = """
        ALTER TABLE podcasts ADD COLUMN album TEXT;
        -- When it has to be completed, where something is left to do.
        ALTER TABLE podcasts ADD COLUMN completes_at INTEGER;
        CREATE UNIQUE INDEX podcasts_album ON podcasts (album) WHERE album IS NOT NULL;
        CREATE INDEX podcasts_incomplete ON podcasts (completes_at, id) WHERE completes_at IS NOT NULL;
        """

    private static let inbox = """
        CREATE TABLE inbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            bot TEXT NOT NULL,
            update_id INTEGER NOT NULL,
            lane TEXT NOT NULL,
            payload BLOB NOT NULL,
            received_at INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'finished', 'set_aside')),
            handled_at INTEGER,
            error TEXT,
            -- Whether another update has the number by now.
            is_past INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX inbox_update ON inbox (bot, update_id) WHERE is_past = 0;
        CREATE INDEX inbox_pending ON inbox (bot, sequence) WHERE state = 'pending';
        CREATE INDEX inbox_lane ON inbox (bot, lane, sequence) WHERE state = 'pending';
        CREATE INDEX inbox_handled ON inbox (state, handled_at) WHERE handled_at IS NOT NULL;
        CREATE INDEX inbox_set_aside ON inbox (bot, handled_at, sequence) WHERE state = 'set_aside';

        CREATE TABLE inbox_offsets (
            bot TEXT PRIMARY KEY NOT NULL,
            next_offset INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let outbox = """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            dedupe_key TEXT NOT NULL,
            bot TEXT NOT NULL,
            chat INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            body TEXT NOT NULL,
            expires_at INTEGER,
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unreachable', 'unknown')),
            attempts INTEGER NOT NULL DEFAULT 0,
            is_uncertain INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER,
            -- When it left the queue for good, as what in the messenger, or why not.
            settled_at INTEGER,
            message INTEGER,
            reason TEXT
        ) STRICT;
        CREATE INDEX outbox_queued ON outbox (bot, chat, lane, sequence) WHERE state = 'queued';
        CREATE INDEX outbox_sending ON outbox (bot, chat) WHERE state = 'sending';
        CREATE INDEX outbox_settled ON outbox (state, settled_at, bot) WHERE settled_at IS NOT NULL;

        -- Every dedupe key that was ever used. They outlive their rows.
        CREATE TABLE outbox_keys (
            key TEXT PRIMARY KEY NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What of each conversation is first in its queue, so that a claim looks at conversations and not at rows.
        CREATE TABLE conversations (
            bot TEXT NOT NULL,
            chat INTEGER NOT NULL,
            held_until INTEGER NOT NULL DEFAULT 0,
            is_sending INTEGER NOT NULL DEFAULT 0,
            lane INTEGER,
            head INTEGER,
            due_at INTEGER,
            PRIMARY KEY (bot, chat)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX conversations_ready ON conversations (bot, lane, head, due_at, held_until)
            WHERE head IS NOT NULL AND is_sending = 0;
        """

    private static let preparation = """
        -- The moment by which it is listed, where a stored file is still to be looked into.
        ALTER TABLE podcasts ADD COLUMN prepares_at INTEGER;
        UPDATE podcasts SET prepares_at = listed_at WHERE EXISTS (
            SELECT 1 FROM json_each(podcasts.body, '$.recordings') AS recording
            WHERE json_type(recording.value, '$.media.stored') IS NOT NULL
        );
        CREATE INDEX podcasts_preparing ON podcasts (prepares_at, id) WHERE prepares_at IS NOT NULL;
        """
}
