import Foundation

/// How far the announcement of a show is up to date.
struct ShowPost: Codable, Equatable, Sendable {
    /// A channel takes 20 messages a minute of a bot, and edits count: answers do not edit it more often than this.
    /// Source: Telegram's "Bots FAQ", "My bot is hitting limits".
    static let rest: Duration = .seconds(10)
    /// A show that comes again is announced so long before its start.
    static let notice: Duration = .seconds(48 * 3600)

    /// How often it was sent or edited.
    var number = 0
    /// When that was the last time.
    var sentAt: Date?
    /// When it has to be sent or edited next; nil where it says how things stand.
    var dueAt: Date?

    /// Answers have changed what it says.
    mutating func countsChanged(now: Date) {
        guard let sentAt, dueAt == nil else { return }
        dueAt = max(now, sentAt.addingTimeInterval(Self.rest.seconds))
    }
}

extension LiveSession {
    /// Sends or edits the announcement, where it is time for one.
    /// `channel`: where announcements are made; nil where the club does not know.
    mutating func announce(in channel: ChatID?, now: Date) -> [OutboxDraft] {
        if notice.sentAt == nil {
            if status == .scheduled, let dueAt = notice.dueAt, dueAt > now { return [] }
            if status == .cancelled { notice.dueAt = nil }
            guard isAhead else { return [] }
        }
        notice.dueAt = nil
        guard let chat = post?.chat ?? channel else { return [] }
        notice.number += 1
        notice.sentAt = now
        return [
            OutboxDraft(
                dedupeKey: "show-post:\(id):\(notice.number)",
                chat: chat,
                lane: .alerts,
                body: .notice(.show(id, .post))
            )
        ]
    }
}
