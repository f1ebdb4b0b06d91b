extension Schema {
    /// By whom a sign-in link was confirmed, and whose updates were set aside.
    static let traces = """
        CREATE INDEX sign_in_links_confirmed ON sign_in_links (json_extract(body, '$.confirmedBy'), ends_at, id);
        CREATE INDEX inbox_set_aside_lane ON inbox (bot, lane, sequence) WHERE state = 'set_aside';
        """
}
