extension Schema {
    /// What members have reached: the ledger with all that its lines come to, and what was given, taken and told beside
    /// it.
    static let progress = """
        CREATE TABLE xp_corrections (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            member TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX xp_corrections_member ON xp_corrections (member, at, id);

        CREATE TABLE badges (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            member TEXT NOT NULL,
            badge TEXT NOT NULL,
            is_held INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX badges_member ON badges (member, badge);

        CREATE TABLE told_progress (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;

        \(ledger)

        \(ledgerSums)
        """

    /// The lines. Members and sources have numbers, so that a line takes few bytes.
    private static let ledger = """
        CREATE TABLE ledger_members (
            number INTEGER PRIMARY KEY NOT NULL,
            id TEXT NOT NULL UNIQUE
        ) STRICT;

        -- What lines come from, and episodes: see XPSource.sumKeys.
        CREATE TABLE ledger_sources (
            number INTEGER PRIMARY KEY NOT NULL,
            name TEXT NOT NULL UNIQUE
        ) STRICT;

        -- Days are numbers too, such as 20261123.
        CREATE TABLE xp_transactions (
            member INTEGER NOT NULL,
            rule TEXT NOT NULL,
            source INTEGER NOT NULL,
            count INTEGER NOT NULL,
            xp INTEGER NOT NULL,
            day INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (member, rule, source)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX xp_transactions_member ON xp_transactions (member, at, rule, source);
        """

    /// What the lines come to. Every row follows them in the transaction in which they change.
    private static let ledgerSums = """
        CREATE TABLE ledger_member_sums (
            member INTEGER NOT NULL,
            rule TEXT NOT NULL,
            count INTEGER NOT NULL,
            xp INTEGER NOT NULL,
            PRIMARY KEY (member, rule)
        ) STRICT, WITHOUT ROWID;

        -- deeds: how many of the lines are no corrections.
        CREATE TABLE ledger_member_days (
            member INTEGER NOT NULL,
            day INTEGER NOT NULL,
            rule TEXT NOT NULL,
            count INTEGER NOT NULL,
            xp INTEGER NOT NULL,
            deeds INTEGER NOT NULL,
            PRIMARY KEY (member, day, rule)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ledger_member_weeks (
            member INTEGER NOT NULL,
            -- Its Monday.
            week INTEGER NOT NULL,
            deeds INTEGER NOT NULL,
            PRIMARY KEY (member, week)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ledger_ranks (
            period TEXT NOT NULL,
            member TEXT NOT NULL,
            xp INTEGER NOT NULL,
            PRIMARY KEY (period, member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_ranks_order ON ledger_ranks (period, xp DESC, member);

        CREATE TABLE ledger_source_sums (
            source INTEGER NOT NULL,
            rule TEXT NOT NULL,
            count INTEGER NOT NULL,
            xp INTEGER NOT NULL,
            PRIMARY KEY (source, rule)
        ) STRICT, WITHOUT ROWID;

        -- Of deeds only; rule '' is any: its members are those of the day.
        CREATE TABLE ledger_days (
            day INTEGER NOT NULL,
            rule TEXT NOT NULL,
            count INTEGER NOT NULL,
            xp INTEGER NOT NULL,
            members INTEGER NOT NULL,
            PRIMARY KEY (day, rule)
        ) STRICT, WITHOUT ROWID;

        -- How many members were there in a week, by the week in which they came first.
        CREATE TABLE ledger_cohorts (
            week INTEGER NOT NULL,
            first INTEGER NOT NULL,
            members INTEGER NOT NULL,
            PRIMARY KEY (week, first)
        ) STRICT, WITHOUT ROWID;
        """
}
