/// What a store keeps, in parts, in the order in which they are read from a store that is in use.
///
/// What asks for work comes before what was done about it. Where an update is read as pending and its effects are
/// there already, handling it again does nothing more (causes, dedupe keys); read the other way round, it would be
/// lost. Leases are not among them: they belong to processes that run.
public enum StoredCollection: String, Codable, CaseIterable, Sendable {
    /// Where each bot goes on asking for updates: `InboxOffsetRecord`.
    case inboxOffsets = "inbox_offsets"
    /// What came in: `InboxRecord`.
    case inbox
    case users
    case podcasts
    case liveSessions = "live_sessions"
    case rsvps
    case thanks
    case clubSettings = "club_settings"
    case signInLinks = "sign_in_links"
    case invites
    case broadcasts
    case authSessions = "auth_sessions"
    case xpCorrections = "xp_corrections"
    case badges
    case toldProgress = "told_progress"
    case showFigures = "show_figures"
    /// What became of messages. Before the messages themselves: which of them were counted stands in it.
    case deliveryDays = "delivery_days"
    /// What happened in the rooms: `RoomBatch`.
    case roomEvents = "room_events"
    /// What was written there: `ChatMessage`.
    case chatMessages = "chat_messages"
    /// Who was there: `AttendanceInterval`.
    case attendance
    /// What members listened to: what follows of it comes behind.
    case listeningDays = "listening_days"
    case listens
    /// Behind the listens, of which they may have counted what those still have to hand on.
    case episodeFigures = "episode_figures"
    case downloadHits = "download_hits"
    case downloadCounts = "download_counts"
    /// What of it brought whom what: `XPTransaction`. Behind what the lines are made of, so that no event is without
    /// its line. What the lines come to is made of them again.
    case xpTransactions = "xp_transactions"
    /// Who did what: `AuditEntry`. Behind the documents, whose last changes may still have to be written down here.
    case audit
    /// Messages, those included that were sent or given up and are not forgotten yet: `OutboxRecord`.
    case outbox
    /// Conversations to which nothing is sent before a moment: `OutboxHoldRecord`.
    case outboxHolds = "outbox_holds"
    /// Dedupe keys whose message is forgotten: `OutboxKeyRecord`.
    case outboxKeys = "outbox_keys"
    /// What members were told: `MemberNotification`. Behind the messages: where a message is not there yet, handling
    /// what asked for it writes both once more.
    case notifications
}
