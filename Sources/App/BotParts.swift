import Bot
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Builds the bots of one process.
struct BotParts {
    let line: TelegramLine
    let club: BotClub
    let language: Language
    let folder: DataFolder
    /// Names this process among all that may fetch the bots' updates.
    let holder: String
    let logger: Logger

    /// `other`: The bot to which this one leaves the files of recordings, where there is one.
    func bot(_ name: BotName, token: BotToken, leavingRecordingsTo other: BotName? = nil) throws -> TelegramBot {
        try TelegramBot(
            configuration: BotConfiguration(
                bot: name,
                token: token,
                apiAddress: line.apiAddress,
                files: line.files,
                proxy: line.proxy,
                channel: line.channel,
                notificationsChannel: line.notificationsChannel,
                takesRecordingsOnly: name == .recorder,
                leavesRecordingsTo: other,
                defaultLanguage: language,
                holder: holder,
                place: folder.place(of: name == .recorder ? .recorder : .club)
            ),
            club: club,
            logger: logger
        )
    }

    /// Makes this process the only one that fetches the bots' updates.
    /// - Throws: `TemporaryFault` where another process does, also by a lease that it left and that has not run out.
    static func claim(_ bots: [TelegramBot]) async throws {
        for (index, bot) in bots.enumerated() {
            guard let other = try await bot.claim() else { continue }
            await release(Array(bots[..<index]))
            throw TemporaryFault(
                subject: bot.status.bot == .recorder ? "TELEGRAM_RECORDING_BOT_TOKEN" : "TELEGRAM_BOT_TOKEN",
                advice: "another process fetches this bot's updates, at \(other.place). Its lease runs until"
                    + " \(other.expiresAt.formatted(.iso8601)), and on while it lives: stop it, or start this one later."
            )
        }
    }

    /// Lets others fetch the updates of bots that are not run after all.
    static func release(_ bots: [TelegramBot]) async {
        for bot in bots { await bot.release() }
    }
}

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
