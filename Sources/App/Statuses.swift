import Bot
import Domain
import Synchronization

/// How the program's bots are doing, for those who are built before them.
final class Statuses: Sendable {
    private let statuses = Mutex<[BotStatus]>([])

    func add(_ status: BotStatus) {
        statuses.withLock { $0.append(status) }
    }

    var all: [BotStatus] { statuses.withLock { $0 } }

    /// The club bot's @name without the @, once Telegram has told it.
    var clubBotName: String? {
        statuses.withLock { $0.first { $0.bot == .club } }?.snapshot.username
    }
}
