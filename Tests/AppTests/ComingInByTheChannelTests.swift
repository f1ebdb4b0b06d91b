import Domain
import Foundation
import HTTPClient
import Sandbox
import Testing

/// The whole program with a club into which one comes by being in its channel, where Misha is.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct ComingInByTheChannelTests {
    let owner = SandboxClub.posterID
    let reader = SandboxClub.memberID

    /// A club whose owner has opened the way by the channel, and by which Misha has come in.
    private func club(clock: any ClubClock = SystemClubClock()) async throws -> RunningClub {
        let club = try await RunningClub(clock: clock)
        try await club.telegram.say("/club", as: owner)
        let settings = try await club.telegram.message(to: owner) { $0.text.contains("Настройки клуба") }
        try await club.telegram.tap("⬜️ Тех, кто в канале записей", under: settings, as: owner)
        _ = try await club.telegram.message(to: owner) {
            $0.id == settings.id && $0.buttons.keys.contains("✅ Тех, кто в канале записей")
        }
        try await club.telegram.say("/start", as: reader)
        _ = try await club.telegram.message(to: reader) { $0.text.contains("Добро пожаловать в клуб") }
        return club
    }

    /// Misha leaves the channel while the bot does not see it.
    private func leaveUnseen(_ club: RunningClub) async throws {
        try await club.telegram.setStanding(of: SandboxClub.botID, "member")
        try await club.telegram.setStanding(of: reader, "left")
        try await club.telegram.setStanding(of: SandboxClub.botID, "administrator")
    }

    private func isIn(_ club: RunningClub, _ session: String) async throws -> Bool {
        try await club.get("/api/auth/me", session: session).status == 200
    }

    @Test func `a stranger in the channel is let in, and is out of bot and site when they leave the channel`()
        async throws
    {
        let club = try await club()
        let session = try await club.signIn(as: reader)
        #expect(try await isIn(club, session))

        try await club.telegram.setStanding(of: reader, "left")
        _ = try await club.telegram.message(to: reader) { $0.text.contains("вас там больше нет") }
        #expect(try await !isIn(club, session))
        try await club.telegram.say("/library", as: reader)
        _ = try await club.telegram.message(to: reader) { $0.text.contains("закрытый клуб") }

        try await club.telegram.setStanding(of: reader, "member")
        try await club.telegram.say("/library", as: reader)
        _ = try await club.telegram.message(to: reader) { $0.text.contains("иблиотек") && !$0.buttons.isEmpty }
        await club.stop()
    }

    @Test func `who left the channel while nobody told the bot is found by the daily check`() async throws {
        let clock = AdvancedClock()
        let club = try await club(clock: clock)
        let session = try await club.signIn(as: reader)
        try await leaveUnseen(club)
        #expect(try await isIn(club, session))

        clock.advance(by: MembershipCheck.period)
        _ = try await club.telegram.message(to: reader) { $0.text.contains("вас там больше нет") }
        #expect(try await !isIn(club, session))
        await club.stop()
    }

    @Test func `a stranger who writes while Telegram tells nothing is let in when it does`() async throws {
        let club = try await club()
        try await club.telegram.setStanding(of: SandboxClub.botID, "member")
        try await club.telegram.setStanding(of: SandboxClub.strangerID, "member")
        try await club.telegram.setStanding(of: SandboxClub.botID, "administrator")
        try await club.telegram.disturb(["kind": "html502", "method": "getChatMember", "count": 2])
        try await club.telegram.say("/start", as: SandboxClub.strangerID)
        _ = try await club.telegram.message(to: SandboxClub.strangerID) { $0.text.contains("I am looking") }
        _ = try await club.telegram.message(to: SandboxClub.strangerID) { $0.text.contains("Welcome to the club") }
        await club.stop()
    }
}
