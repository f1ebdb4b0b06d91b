import Domain
import Foundation
import Logging

/// Tells admins and owner what they have to know about a bot's own trouble.
struct BotWarnings: Sendable {
    let directory: MemberDirectory
    let outbox: any OutboxStore
    let clock: any ClubClock
    let logger: Logger

    /// To admins, at most once an hour: somebody else fetches this bot's updates.
    func secondPoller(bot: BotName) async {
        let hour = Timestamp.milliseconds(clock.now) / 3_600_000
        await tell(.secondPoller(bot: bot), key: "second-poller:\(bot):\(hour)", to: .admin)
    }

    /// What the owner is told when an update is set aside, each time; it is stored together with that.
    func setAside(_ entry: InboxEntry) async -> [OutboxDraft] {
        let notice = Notice.updateSetAside(bot: entry.bot, updateID: entry.updateID)
        let key = "set-aside:\(entry.name):\(Timestamp.milliseconds(clock.now))"
        return await drafts(notice, key: key, to: .owner)
    }

    private func tell(_ notice: Notice, key: String, to role: Role) async {
        do {
            try await outbox.append(await drafts(notice, key: key, to: role), now: clock.now)
        } catch {
            logger.error("A warning could not be stored", metadata: ["key": "\(key)", "error": "\(error)"])
        }
    }

    private func drafts(_ notice: Notice, key: String, to role: Role) async -> [OutboxDraft] {
        do {
            return try await directory.admins().filter { $0.role >= role }.compactMap { member in
                OutboxDraft(key: "\(key):\(member.id)", to: member, notice: notice)
            }
        } catch {
            logger.error("Nobody could be warned", metadata: ["key": "\(key)", "error": "\(error)"])
            return []
        }
    }
}
