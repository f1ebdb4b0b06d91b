extension Schema {
    /// Sums that outlive what they were made of, and the orders in which they are made.
    static let figures = """
        CREATE TABLE show_figures (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE TABLE delivery_days (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX outbox_settled_order ON outbox (settled_at, sequence) WHERE settled_at IS NOT NULL;

        -- When the person became an active member the last time.
        ALTER TABLE users ADD COLUMN joined_at INTEGER;
        UPDATE users SET joined_at = (
            SELECT value FROM json_each(users.body) WHERE key = 'joinedAt' AND type = 'integer'
        );
        CREATE INDEX users_joined ON users (joined_at, id, membership) WHERE joined_at IS NOT NULL;
        """
}
