import Foundation

/// Whose traces are meant.
public struct TracedPerson: Equatable, Sendable {
    public var member: MemberID
    /// Nil: only what bears the member's id is looked for.
    public var telegramID: TelegramUserID?

    public init(_ member: Member) {
        self.init(member: member.id, telegramID: member.telegramID)
    }

    public init(member: MemberID, telegramID: TelegramUserID?) {
        self.member = member
        self.telegramID = telegramID
    }

    /// The lane of the inbox in which the person's private conversation is handled.
    public var lane: String? { telegramID.map { "\($0)" } }
}

/// What the club keeps of a person beside their own document, the episodes, the invites and the audit.
public struct Traces: Equatable, Sendable {
    /// Where they are or were signed in, the newest first.
    public var sessions: [AuthSession]
    /// Sign-in links that they have confirmed, the last to expire first.
    public var links: [SignInLink]
    /// Messages to them, sent or not, the newest first.
    public var messages: [OutboxRecord]
    /// What they were told, the newest first.
    public var notifications: [MemberNotification]
    /// What they wrote privately and what is not handled, or was set aside; the newest first.
    public var updates: [InboxEntry]

    public init(
        sessions: [AuthSession] = [],
        links: [SignInLink] = [],
        messages: [OutboxRecord] = [],
        notifications: [MemberNotification] = [],
        updates: [InboxEntry] = []
    ) {
        self.sessions = sessions
        self.links = links
        self.messages = messages
        self.notifications = notifications
        self.updates = updates
    }
}

/// Finds and erases what is kept of a person in passing.
public protocol TraceStore: Sendable {
    /// At most `limit` of each kind.
    /// - Throws: `.unavailable`, `.corrupt`.
    func traces(of person: TracedPerson, limit: Int) async throws(StoreError) -> Traces

    /// Erases sessions, sign-in links that the person has confirmed, their notifications, messages to them that are not being sent at this
    /// moment, and updates of theirs that were set aside. Dedupe keys stay, so nothing is told a second time; updates
    /// that are still to be handled stay, since handling them does what the person asks for.
    ///
    /// It may be done again, and then erases what has come since; after a crash it has to be.
    /// - Throws: `.unavailable`, `.corrupt`.
    func erase(_ person: TracedPerson) async throws(StoreError)
}
