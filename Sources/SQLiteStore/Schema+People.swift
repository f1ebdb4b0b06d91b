extension Schema {
    /// Who did what; the list is one range of the index, read from its end.
    static let audit = """
        CREATE TABLE audit (
            id TEXT PRIMARY KEY NOT NULL,
            at INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_time ON audit (at, id);
        """
}

extension Schema {
    /// The people of the club in the order in which admins see them.
    static let peopleLists = """
        CREATE INDEX users_listed ON users (created_at, id);
        CREATE INDEX users_listed_by_membership ON users (membership, created_at, id);
        """
}

extension Schema {
    static let invites = """
        CREATE TABLE invites (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            secret TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX invites_end ON invites (ends_at);
        """
}

extension Schema {
    /// When the messenger is to be asked whether a person is in one of the club's chats.
    static let clubChatChecks = """
        ALTER TABLE users ADD COLUMN check_urgency TEXT;
        ALTER TABLE users ADD COLUMN checks_at INTEGER;
        CREATE INDEX users_to_check ON users (check_urgency, checks_at, id) WHERE checks_at IS NOT NULL;
        """
}
