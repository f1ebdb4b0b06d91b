import Domain
import Foundation

extension Fixtures {
    /// An entry that is named after a number, made that many seconds after `start`.
    public static func entry(_ number: Int, action: AuditAction = .joinApproved) -> AuditEntry {
        AuditEntry(
            id: AuditID(rawValue: "entry-\(number)"),
            at: start.addingTimeInterval(Double(number)),
            actor: member(1).id,
            action: action,
            subject: .member(member(Int64(number)).id)
        )
    }

    /// Entries of every shape.
    static func audit(now: Date) -> [AuditEntry] {
        [
            AuditEntry(
                id: AuditID(rawValue: "a"),
                at: now,
                actor: nil,
                action: .clubClaimed,
                subject: .club,
                details: [.from: "Ё \"1\"", .to: ""]
            ),
            entry(1, action: .memberLinked),
            AuditEntry(
                id: AuditID(rawValue: "z"),
                at: now,
                actor: nil,
                action: .episodeParted,
                subject: .episode(podcast(1).id),
                details: [.via: "channel", .to: "2"]
            ),
        ]
    }
}
