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

        \(draws)

        -- The documents have ё, the index has е, in the composed and in the decomposed form.
        INSERT OR IGNORE INTO podcast_tags (tag, status, listed_at, podcast_id)
        SELECT replace(replace(written.value, 'ё', 'е'), 'е' || char(776), 'е'), status, listed_at, podcasts.id
        FROM podcasts, json_each(podcasts.body, '$.tags') AS written;
        """

    /// The published podcasts, numbered from 0 without a gap, so that any of them is found by a number at once. Who
    /// leaves gives the number to the one that has the greatest.
    private static let draws = """
        CREATE TABLE podcast_draws (
            slot INTEGER PRIMARY KEY NOT NULL,
            podcast_id TEXT NOT NULL UNIQUE
        ) STRICT;
        INSERT INTO podcast_draws (slot, podcast_id)
        SELECT row_number() OVER (ORDER BY listed_at, id) - 1, id FROM podcasts WHERE status = 'published';
        CREATE TRIGGER podcasts_drawn_first AFTER INSERT ON podcasts WHEN NEW.status = 'published' BEGIN
            INSERT INTO podcast_draws (slot, podcast_id)
            VALUES ((SELECT coalesce(max(slot) + 1, 0) FROM podcast_draws), NEW.id);
        END;
        CREATE TRIGGER podcasts_drawn_again AFTER UPDATE OF status ON podcasts
        WHEN OLD.status <> 'published' AND NEW.status = 'published' BEGIN
            INSERT INTO podcast_draws (slot, podcast_id)
            VALUES ((SELECT coalesce(max(slot) + 1, 0) FROM podcast_draws), NEW.id);
        END;
        CREATE TRIGGER podcasts_not_drawn AFTER UPDATE OF status ON podcasts
        WHEN OLD.status = 'published' AND NEW.status <> 'published' BEGIN \(leaving) END;
        CREATE TRIGGER podcasts_gone AFTER DELETE ON podcasts WHEN OLD.status = 'published' BEGIN \(leaving) END;
        """

    /// While it leaves, its number is kept below 0.
    private static let leaving = """
        UPDATE podcast_draws SET slot = -1 - slot WHERE podcast_id = OLD.id;
        UPDATE podcast_draws SET slot = (SELECT -1 - slot FROM podcast_draws WHERE podcast_id = OLD.id)
        WHERE slot = (SELECT max(slot) FROM podcast_draws)
        AND slot > (SELECT -1 - slot FROM podcast_draws WHERE podcast_id = OLD.id);
        DELETE FROM podcast_draws WHERE podcast_id = OLD.id;
        """
}
