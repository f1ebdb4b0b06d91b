extension Schema {
    /// What happens in the rooms of shows.
    static let rooms = """
        -- A row is what one commit added.
        CREATE TABLE room_events (
            session TEXT NOT NULL,
            number INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (session, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE chat_messages (
            id TEXT PRIMARY KEY NOT NULL,
            session TEXT NOT NULL,
            seq INTEGER NOT NULL,
            member TEXT NOT NULL,
            at INTEGER NOT NULL,
            client_id TEXT,
            -- Whether it is chat that can be read.
            is_shown INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX chat_messages_client ON chat_messages (session, member, client_id)
            WHERE client_id IS NOT NULL;
        CREATE INDEX chat_messages_page ON chat_messages (session, seq) WHERE is_shown = 1;
        CREATE INDEX chat_messages_member ON chat_messages (member, at, id);

        CREATE TABLE attendance (
            id TEXT PRIMARY KEY NOT NULL,
            session TEXT NOT NULL,
            member TEXT NOT NULL,
            from_at INTEGER NOT NULL,
            is_open INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attendance_session ON attendance (session, id);
        CREATE INDEX attendance_open ON attendance (session, id) WHERE is_open = 1;
        CREATE INDEX attendance_member ON attendance (member, from_at, id);
        """
}
