extension Schema {
    /// The tags as they are looked up now, and how many podcasts of each status have them. The counts follow the rows
    /// by themselves, so that the list of tags is one range of an index.
    static let countedTags = """
        DROP TABLE podcast_tags;
        CREATE TABLE podcast_tags (
            tag TEXT NOT NULL,
            status TEXT NOT NULL,
            listed_at INTEGER NOT NULL,
            podcast_id TEXT NOT NULL REFERENCES podcasts (id) ON DELETE CASCADE,
            PRIMARY KEY (tag, status, listed_at, podcast_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX podcast_tags_podcast ON podcast_tags (podcast_id);

        CREATE TABLE podcast_tag_counts (
            status TEXT NOT NULL,
            tag TEXT NOT NULL,
            episodes INTEGER NOT NULL,
            PRIMARY KEY (status, tag)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX podcast_tag_counts_order ON podcast_tag_counts (status, episodes DESC, tag);
        CREATE TRIGGER podcast_tags_added AFTER INSERT ON podcast_tags BEGIN
            INSERT INTO podcast_tag_counts (status, tag, episodes) VALUES (NEW.status, NEW.tag, 1)
            ON CONFLICT (status, tag) DO UPDATE SET episodes = episodes + 1;
        END;
        CREATE TRIGGER podcast_tags_removed AFTER DELETE ON podcast_tags BEGIN
            UPDATE podcast_tag_counts SET episodes = episodes - 1 WHERE status = OLD.status AND tag = OLD.tag;
            DELETE FROM podcast_tag_counts WHERE status = OLD.status AND tag = OLD.tag AND episodes = 0;
        END;

        -- The documents have ё, the index has е, in the composed and in the decomposed form.
        INSERT OR IGNORE INTO podcast_tags (tag, status, listed_at, podcast_id)
        SELECT replace(replace(written.value, 'ё', 'е'), 'е' || char(776), 'е'), status, listed_at, podcasts.id
        FROM podcasts, json_each(podcasts.body, '$.tags') AS written;
        """
}
