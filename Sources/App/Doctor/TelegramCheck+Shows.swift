import Bot
import Domain

/// Whether a bot can announce shows.
extension TelegramCheck {
    /// Announcing is posting, and editing the post for as long as the show lives.
    func announcing(
        in channel: BotConfiguration.Channel,
        _ inspection: BotInspection,
        bot: Int64,
        _ name: String
    ) async -> Finding {
        let subject = "channel of shows, \(name)"
        let advice =
            "in the channel, Administrators, \(name): switch “Post Messages” and “Edit Messages of Others” on."
        switch await ask({ () throws(TelegramError) in try await inspection.standing(of: bot, in: channel) }) {
        case .success(let standing) where standing.mayPost && standing.mayEdit:
            return .ok(subject, "it may post shows in \(channel), and edit them")
        case .success(let standing) where standing.mayPost:
            return .warning(subject, "it may post shows in \(channel), but not edit old posts", advice: advice)
        case .success(let standing) where standing.isAdministrator:
            return .warning(subject, "it may not post in \(channel): shows are not announced there", advice: advice)
        case .success, .failure(.refused):
            return .warning(
                subject,
                "no admin of \(channel): shows are not announced there",
                advice: "correct TELEGRAM_NOTIFICATIONS_CHANNEL_ID, or add \(name) to the channel: Administrators, Add."
            )
        case .failure(let trouble):
            return .warning(subject, "unknown: \(trouble)", advice: "try again in a minute.")
        }
    }
}
