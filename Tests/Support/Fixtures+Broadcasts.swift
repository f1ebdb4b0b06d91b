import Domain
import Foundation

extension Fixtures {
    /// A text without emphasis.
    public static func text(_ text: String) throws -> RichText { try RichText(text) }

    /// A draft of member 1, made so many seconds after `start`.
    public static func broadcast(_ number: Int, text: String = "News", now: Date = start) throws -> Broadcast {
        Broadcast(
            id: BroadcastID(rawValue: "broadcast-\(number)"),
            author: member(1).id,
            text: try RichText(text),
            now: now.addingTimeInterval(Double(number))
        )
    }

    /// Two broadcasts with every kind of emphasis, in the order of their keys.
    static func broadcastRecords(now: Date) throws -> [EntityRecord<Broadcast>] {
        let marks = RichText.Mark.Kind.allCases.enumerated().map { index, kind in
            RichText.Mark(kind, start: index, length: 2, address: kind == .link ? "https://club.test/?a=1&b" : nil)
        }
        let full = Broadcast(
            id: BroadcastID(rawValue: "broadcast-1"),
            author: member(2).id,
            text: try RichText("Ёлка \"a\" \n <b> и ещё", marks: marks),
            audience: .hosts,
            now: now
        )
        let causes = [AppliedCause(cause: cause(1), at: now)]
        return [EntityRecord(full, causes: causes), EntityRecord(try broadcast(2), causes: [])]
    }

    /// Entries of two members' lists, in the order of their keys.
    public static func notifications(now: Date) -> [MemberNotification] {
        let told: [(Int64, Notice)] = [(2, .joinApproved), (2, .newEpisode(podcast(1).id)), (3, .roleChanged(.host))]
        return told.enumerated().map { index, entry in
            MemberNotification(
                id: NotificationID(rawValue: "told-\(index)"),
                member: member(entry.0).id,
                notice: entry.1,
                createdAt: now.addingTimeInterval(-Double(index)),
                readAt: index == 1 ? now : nil
            )
        }
    }
}
