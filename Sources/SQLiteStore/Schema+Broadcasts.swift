extension Schema {
    /// Announcements to many, whose messages are counted by their batch; and what members were told, as their lists.
    static let broadcasts = """
        CREATE TABLE broadcasts (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            -- When it was sent; since when something is left to do; when it was written, where it was never sent.
            listed_at INTEGER,
            open_since INTEGER,
            drafted_at INTEGER
        ) STRICT;
        CREATE INDEX broadcasts_listed ON broadcasts (listed_at, id) WHERE listed_at IS NOT NULL;
        CREATE INDEX broadcasts_open ON broadcasts (open_since, id) WHERE open_since IS NOT NULL;
        CREATE INDEX broadcasts_drafted ON broadcasts (drafted_at) WHERE drafted_at IS NOT NULL;

        ALTER TABLE outbox ADD COLUMN batch TEXT;
        CREATE INDEX outbox_batch ON outbox (batch, state) WHERE batch IS NOT NULL;

        CREATE TABLE notifications (
            id TEXT PRIMARY KEY NOT NULL,
            member_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            notice TEXT NOT NULL,
            read_at INTEGER
        ) STRICT;
        CREATE INDEX notifications_listed ON notifications (member_id, created_at, id);
        CREATE INDEX notifications_unread ON notifications (member_id) WHERE read_at IS NULL;
        CREATE INDEX notifications_time ON notifications (created_at);
        """
}
