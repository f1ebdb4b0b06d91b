import Bot
import Domain
import Foundation
import HTTPClient

/// Asks Telegram about one bot: its token, its name, a webhook, and its place in the recording channel.
struct TelegramCheck: Sendable {
    /// The subject of the finding that nobody answers.
    static let reaching = "Telegram"

    /// Names the token.
    let setting: String
    let token: BotToken
    let apiAddress: URL
    let proxy: Proxy?
    /// Nil where the setting is wrong.
    let channel: BotConfiguration.Channel?
    /// Where this bot announces shows; nil where that is another bot's.
    var showsChannel: BotConfiguration.Channel?
    /// The club's group, where this bot has to see who comes and goes there.
    var clubGroup: ChatPlace?
    /// With or without the @.
    let expectedUsername: String?
    let clock: any ClubClock

    func findings() async -> [Finding] {
        guard let inspection = try? BotInspection(token: token, apiAddress: apiAddress, proxy: proxy) else {
            return [.fault(Self.reaching, "the HTTP client cannot be made", advice: "install libcurl4 anew.")]
        }
        let findings = await findings(inspection)
        await inspection.close()
        return findings
    }

    private func findings(_ inspection: BotInspection) async -> [Finding] {
        let account: TelegramUser
        switch await ask({ () throws(TelegramError) in try await inspection.account() }) {
        case .success(let user): account = user
        case .failure(let trouble): return [refusal(trouble)]
        }
        let name = "@\(account.username ?? "?")"
        var findings: [Finding] = [.ok(setting, "\(name), bot \(account.id)")]
        if let expected = expectedUsername.map({ $0.hasPrefix("@") ? $0 : "@\($0)" }),
            expected.lowercased() != name.lowercased()
        {
            findings.append(
                .warning(
                    "TELEGRAM_BOT_USERNAME",
                    "it says \(PlainText.line(expected, limit: 40)), and the token is \(name)'s",
                    advice: "correct or remove it."
                )
            )
        }
        findings.append(await webhook(inspection, name))
        if let channel { findings += await place(in: channel, inspection, bot: account.id, name) }
        if let showsChannel { findings.append(await announcing(in: showsChannel, inspection, bot: account.id, name)) }
        if let clubGroup { findings.append(await place(in: clubGroup, inspection, bot: account.id, name)) }
        return findings
    }

    private func webhook(_ inspection: BotInspection, _ name: String) async -> Finding {
        let subject = "updates of \(name)"
        switch await ask({ () throws(TelegramError) in try await inspection.webhook() }) {
        case .failure(let trouble):
            return .warning(subject, "unknown: \(trouble)", advice: "try again in a minute.")
        case .success(let webhook):
            let waiting = "\(webhook.pendingUpdateCount ?? 0) wait"
            guard let host = webhook.host else { return .ok(subject, "no webhook is set; \(waiting)") }
            return .warning(
                subject,
                "a webhook is set, to \(PlainText.line(host, limit: 100)): it keeps fomo from fetching; \(waiting)",
                advice: "fomo removes it at its first poll; where another program uses this bot, give the club its own."
            )
        }
    }

    private func place(
        in channel: BotConfiguration.Channel,
        _ inspection: BotInspection,
        bot: Int64,
        _ name: String
    ) async -> [Finding] {
        let subject = "recording channel, \(name)"
        let chat: TelegramChat
        switch await ask({ () throws(TelegramError) in try await inspection.chat(channel) }) {
        case .success(let found): chat = found
        case .failure(.refused):
            return [
                .fault(
                    subject,
                    "Telegram shows no channel \(channel) to this bot",
                    advice: "correct TELEGRAM_CHANNEL_ID, or add \(name) to the channel: Administrators, Add."
                )
            ]
        case .failure(let trouble):
            return [.warning(subject, "unknown: \(trouble)", advice: "try again in a minute.")]
        }
        guard chat.type == "channel" else {
            return [
                .fault(
                    subject,
                    "\(channel) is a \(PlainText.line(chat.type ?? "chat", limit: 20)), not a channel",
                    advice: "set TELEGRAM_CHANNEL_ID to a channel: recordings are taken from channels only."
                )
            ]
        }
        let title = "“\(PlainText.line(chat.title ?? "", limit: 60))”"
        switch await ask({ () throws(TelegramError) in try await inspection.standing(of: bot, in: channel) }) {
        case .success(let standing) where standing.isAdministrator:
            let right = "; with “Add Subscribers” it answers those who ask to join"
            let requests = standing.mayAnswerRequests ? "" : right
            return [.ok(subject, "an admin of \(title): it sees posts and people\(requests)")]
        case .success, .failure(.refused):
            return [
                .fault(
                    subject,
                    "no admin of \(title): it sees no posts there",
                    advice: "in the channel, Administrators, Add Administrator, \(name); every right may be taken away."
                )
            ]
        case .failure(let trouble):
            return [.warning(subject, "unknown: \(trouble)", advice: "try again in a minute.")]
        }
    }

    /// How the bot stands to the club's group.
    private func place(
        in group: ChatPlace,
        _ inspection: BotInspection,
        bot: Int64,
        _ name: String
    ) async -> Finding {
        let subject = "club group, \(name)"
        let title = "“\(PlainText.line(group.title, limit: 60))”"
        switch await ask({ () throws(TelegramError) in try await inspection.standing(of: bot, in: .id(group.chat)) }) {
        case .success(let standing) where standing.isAdministrator:
            let right = "; with “Add Members” it answers those who ask to join"
            let requests = standing.mayAnswerRequests ? "" : right
            return .ok(subject, "an admin of \(title): it sees its people\(requests)")
        case .success, .failure(.refused):
            return .warning(
                subject,
                "no admin of \(title): it does not see who comes and goes",
                advice: "in the group, Administrators, Add Administrator, \(name); or /clubgroup in another group."
            )
        case .failure(let trouble):
            return .warning(subject, "unknown: \(trouble)", advice: "try again in a minute.")
        }
    }

    // MARK: Asking

    /// Why a question has no answer.
    enum Trouble: Error, CustomStringConvertible {
        case tokenRefused
        case refused(String)
        case unreached(String)

        var description: String {
            switch self {
            case .tokenRefused: "the token is refused"
            case .refused(let reason), .unreached(let reason): PlainText.line(reason, limit: 200)
            }
        }
    }

    private func refusal(_ trouble: Trouble) -> Finding {
        switch trouble {
        case .tokenRefused, .refused:
            .fault(setting, "Telegram refuses it", advice: "copy the token again from @BotFather: /mybots, API Token.")
        case .unreached:
            .fault(
                Self.reaching,
                "\(apiAddress.host() ?? "the API") does not answer: \(trouble)",
                advice: proxy == nil
                    ? "look at the network and TELEGRAM_API_URL; where Telegram is blocked, set TELEGRAM_PROXY."
                    : "look whether the proxy leads to Telegram, and at its user and password."
            )
        }
    }

    func ask<Answer: Sendable>(
        _ question: @escaping @Sendable () async throws(TelegramError) -> Answer
    ) async -> Result<Answer, Trouble> {
        let answer = await within(Checkup.patience, clock) { () async -> Result<Answer, Trouble> in
            do throws(TelegramError) {
                return .success(try await question())
            } catch {
                return .failure(Self.trouble(error))
            }
        }
        return answer ?? .failure(.unreached("no answer within \(Checkup.patience.wholeSeconds) s"))
    }

    private static func trouble(_ error: TelegramError) -> Trouble {
        switch error {
        case _ where error.isTokenRefused: .tokenRefused
        case .refused(_, _, let description): .refused(description)
        case .retryAfter, .migrated, .serverTrouble, .unreachable, .undecodable, .cancelled, .fileTooLarge,
            .fileTrouble:
            .unreached("\(error)")
        }
    }
}
