extension Schema {
    /// Shows and the answers to their announcements, each list one range of an index.
    static let shows = """
        CREATE TABLE live_sessions (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            origin TEXT NOT NULL UNIQUE,
            listing TEXT NOT NULL,
            listed_at INTEGER NOT NULL,
            is_live INTEGER NOT NULL,
            -- The host, while it is live.
            live_host TEXT UNIQUE,
            -- When something is to be done for it by itself.
            due_at INTEGER
        ) STRICT;
        CREATE INDEX live_sessions_listed ON live_sessions (listing, listed_at, id);
        CREATE INDEX live_sessions_live ON live_sessions (is_live, listed_at, id) WHERE is_live = 1;
        CREATE INDEX live_sessions_due ON live_sessions (due_at, id) WHERE due_at IS NOT NULL;

        CREATE TABLE rsvps (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            session_id TEXT NOT NULL,
            member_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            is_coming INTEGER NOT NULL,
            is_reminded INTEGER NOT NULL,
            is_given INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX rsvps_coming ON rsvps (session_id, created_at, id) WHERE is_coming = 1;
        CREATE INDEX rsvps_reminded ON rsvps (session_id, created_at, id) WHERE is_reminded = 1;
        CREATE INDEX rsvps_given ON rsvps (session_id, created_at, id) WHERE is_given = 1;
        CREATE INDEX rsvps_member ON rsvps (member_id, created_at, id) WHERE is_given = 1;
        """
}
