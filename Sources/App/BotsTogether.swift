import Bot
import ServiceLifecycle

/// All bots of the program as one part of it, so that they stop at the same time and not one after the other.
struct BotsTogether: Service {
    let bots: [TelegramBot]

    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for bot in bots {
                group.addTask { try await bot.run() }
            }
        }
    }
}
