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
