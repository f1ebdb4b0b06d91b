import Bot
import Domain
import Foundation
import HTTPClient
import Sandbox
import TestSupport
import Testing

@testable import App

/// What the doctor learns of a bot from Telegram's stand-in.
@Suite(.timeLimit(.minutes(1)))
struct TelegramCheckTests {
    private func findings(
        _ telegram: Telegram,
        token: String = SandboxClub.botToken,
        channel: BotConfiguration.Channel? = .id(ChatID(rawValue: SandboxClub.channelID)),
        showsChannel: BotConfiguration.Channel? = nil,
        clubGroup: ChatPlace? = nil,
        username: String? = nil,
        proxy: Proxy? = nil,
        clock: any ClubClock = ManualClock()
    ) async throws -> [Finding] {
        let check = TelegramCheck(
            setting: "TELEGRAM_BOT_TOKEN",
            token: try #require(BotToken(token)),
            apiAddress: telegram.address,
            proxy: proxy,
            channel: channel,
            showsChannel: showsChannel,
            clubGroup: clubGroup,
            expectedUsername: username,
            clock: clock
        )
        let findings = await check.findings()
        for finding in findings {
            #expect(!finding.text.contains("not-a-secret"))
            #expect((finding.verdict == .ok) == (finding.advice == nil), "\(finding.text)")
        }
        return findings
    }

    private func expect(
        _ finding: Finding?,
        _ verdict: Finding.Verdict,
        seen: String,
        advice: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(finding?.verdict == verdict, sourceLocation: sourceLocation)
        #expect(finding?.seen.contains(seen) == true, "\(finding?.text ?? "")", sourceLocation: sourceLocation)
        #expect(finding?.advice?.contains(advice) == true, "\(finding?.text ?? "")", sourceLocation: sourceLocation)
    }

    @Test func `a bot that is well is known by its name, and is an admin of the channel`() async throws {
        let telegram = try await Telegram()
        let findings = try await findings(telegram, username: "@podcast_fomo_bot")

        #expect(findings.map(\.verdict) == [.ok, .ok, .ok])
        #expect(findings.first?.seen == "@Podcast_FOMO_bot, bot 4242")
        #expect(findings.last?.seen.contains("FOMO Recordings") == true)
        await telegram.stop()
    }

    @Test func `a bot that runs the club's group sees who comes and goes, another one is told to be made an admin`()
        async throws
    {
        let telegram = try await Telegram()
        let group = ChatPlace(chat: ChatID(rawValue: SandboxClub.channelID), title: "Talk", handle: nil)
        let well = try await findings(telegram, clubGroup: group)
        #expect(well.last?.subject == "club group, @Podcast_FOMO_bot")
        #expect(well.last?.verdict == .ok)
        try await telegram.setStanding(of: SandboxClub.botID, "member")
        let ill = try await findings(telegram, clubGroup: group)
        expect(ill.last, .warning, seen: "no admin of “Talk”", advice: "Add Administrator")
        await telegram.stop()
    }

    @Test func `a bot that may post in the channel of shows announces them, another one is told which right it lacks`()
        async throws
    {
        let telegram = try await Telegram()
        let channel = BotConfiguration.Channel.id(ChatID(rawValue: SandboxClub.channelID))
        let well = try await findings(telegram, showsChannel: channel)
        #expect(well.last?.subject == "channel of shows, @Podcast_FOMO_bot")
        #expect(well.last?.verdict == .ok)
        try await telegram.setStanding(of: SandboxClub.botID, "member")
        let ill = try await findings(telegram, showsChannel: channel)
        expect(ill.last, .warning, seen: "no admin", advice: "TELEGRAM_NOTIFICATIONS_CHANNEL_ID")
        await telegram.stop()
    }

    @Test func `it fetches nothing, and disturbs no bot that runs`() async throws {
        let telegram = try await Telegram()
        try await telegram.say("/start", as: SandboxClub.posterID)

        let findings = try await findings(telegram)

        #expect(try #require(findings.dropFirst().first).seen == "no webhook is set; 1 wait")
        #expect(try await telegram.callers(of: "getMe", count: 1) == [SandboxClub.botID])
        await telegram.stop()
    }

    @Test(arguments: ["4242:another-not-a-secret", "999:unknown-not-a-secret"])
    func `a token that Telegram refuses has to be copied again`(token: String) async throws {
        let telegram = try await Telegram()
        let findings = try await findings(telegram, token: token)

        #expect(findings.count == 1)
        expect(findings.first, .fault, seen: "refuses", advice: "@BotFather")
        await telegram.stop()
    }

    @Test func `another name than the settings say is a warning`() async throws {
        let telegram = try await Telegram()
        let findings = try await findings(telegram, username: "somebody_bot")

        expect(findings.dropFirst().first, .warning, seen: "@somebody_bot", advice: "correct or remove")
        await telegram.stop()
    }

    @Test func `a webhook is a warning, and its address stays untold`() async throws {
        let telegram = try await Telegram()
        try await telegram.callMethod("setWebhook", ["url": "https://hook.test/not-a-secret-path"])
        let findings = try await findings(telegram)

        expect(findings.dropFirst().first, .warning, seen: "hook.test", advice: "its own")
        await telegram.stop()
    }

    @Test(arguments: [BotConfiguration.Channel.id(ChatID(rawValue: -100_999)), .name("@nowhere_fomo")])
    func `a channel that is not there is a fault`(channel: BotConfiguration.Channel) async throws {
        let telegram = try await Telegram()
        let findings = try await findings(telegram, channel: channel)

        expect(findings.last, .fault, seen: "shows no channel \(channel)", advice: "TELEGRAM_CHANNEL_ID")
        await telegram.stop()
    }

    @Test(arguments: ["member", "left"])
    func `a bot that is no admin of the channel is a fault`(status: String) async throws {
        let telegram = try await Telegram()
        try await telegram.setStanding(of: SandboxClub.botID, status)
        let findings = try await findings(telegram)

        #expect(findings.last?.verdict == .fault)
        #expect(findings.last?.advice?.contains("Administrators") == true)
        await telegram.stop()
    }

    @Test func `a chat that is no channel is a fault`() async throws {
        let telegram = try await Telegram()
        let findings = try await findings(telegram, channel: .id(ChatID(rawValue: SandboxClub.posterID)))

        expect(findings.last, .fault, seen: "is a private, not a channel", advice: "TELEGRAM_CHANNEL_ID")
        await telegram.stop()
    }

    @Test func `what Telegram cannot say at the moment is no fault`() async throws {
        let telegram = try await Telegram()
        try await telegram.disturb(["kind": "html502", "method": "getChatMember"])
        let findings = try await findings(telegram)

        expect(findings.last, .warning, seen: "unknown", advice: "again")
        await telegram.stop()
    }

    @Test func `an API that nobody answers for is told with what to do`() async throws {
        let telegram = try await Telegram()
        await telegram.stop()
        let findings = try await findings(telegram)

        #expect(findings.count == 1 && findings.first?.subject == TelegramCheck.reaching)
        expect(findings.first, .fault, seen: "127.0.0.1 does not answer", advice: "TELEGRAM_PROXY")
    }

    @Test func `an API that hangs costs ten seconds and no more`() async throws {
        let telegram = try await Telegram()
        try await telegram.disturb(["kind": "delay", "seconds": 60, "method": "getMe", "count": "all"])
        let findings = try await findings(telegram, clock: HurryingClock())

        expect(findings.first, .fault, seen: "no answer within 10 s", advice: "network")
        await telegram.stop()
    }
}

/// A clock whose waits are over at once.
private struct HurryingClock: ClubClock {
    var now: Date { SystemClubClock().now }

    func sleep(for duration: Duration) async throws(CancellationError) {}
}
