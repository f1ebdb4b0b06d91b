import Domain
import Foundation

extension Fixtures {
    /// An invite of member 1 whose link carries `payload-` and the number, good for a week.
    public static func invite(_ number: Int = 1, quota: Int = 3, now: Date = start) -> Invite {
        Invite(
            id: InviteID(rawValue: "invite-\(number)"),
            secret: hasher.digest(of: "payload-\(number)"),
            createdBy: member(1).id,
            quota: quota,
            now: now,
            expiresAt: now.addingTimeInterval(7 * 24 * 3_600)
        )
    }
}
