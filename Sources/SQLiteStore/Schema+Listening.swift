extension Schema {
    /// What members listen to, and what is fetched.
    static let listening = """
        CREATE TABLE listening_days (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            member_id TEXT NOT NULL,
            day TEXT NOT NULL
        ) STRICT;
        CREATE INDEX listening_days_member ON listening_days (member_id, day);

        CREATE TABLE listens (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            member_id TEXT NOT NULL,
            podcast_id TEXT NOT NULL,
            last_at INTEGER NOT NULL,
            -- Whether the figures of the episode may still lack something.
            is_counting INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX listens_member ON listens (member_id, last_at, id);
        CREATE INDEX listens_podcast ON listens (podcast_id, id);
        CREATE INDEX listens_counting ON listens (is_counting) WHERE is_counting = 1;

        CREATE TABLE episode_figures (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE download_hits (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            last_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX download_hits_last ON download_hits (last_at);

        CREATE TABLE download_counts (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        """
}
