import Foundation
import HTTPClient
import Sandbox
import Testing

/// The library in the bot and inline mode, in the whole program, used as people use them.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct MemberLibraryTests {
    let poster = SandboxClub.posterID
    let member = SandboxClub.memberID
    let stranger = SandboxClub.strangerID

    /// Posts an episode and waits until the club has it.
    private func post(_ caption: String, _ club: RunningClub) async throws {
        try await club.telegram.post(caption, file: Recordings.voice(1))
        let title = try #require(caption.split(separator: "\n").first)
        _ = try await club.telegram.message(to: poster) { $0.text.contains(title) }
    }

    /// Polina lets in who has asked.
    private func approve(_ name: String, _ club: RunningClub) async throws {
        let request = try await club.telegram.message(to: poster) { $0.text.contains(name) && !$0.buttons.isEmpty }
        try await club.telegram.tap("✅ Принять", under: request, as: poster)
        _ = try await club.telegram.message(to: poster) { $0.id == request.id && $0.buttons.isEmpty }
    }

    @Test func `tags and chapters are a tap away`() async throws {
        let club = try await RunningClub()
        try await post("Ночной эфир\n00:00 Начало\n12:30 Середина\n#Ёлка #джаз", club)

        try await club.telegram.say("/tags", as: poster)
        let tags = try await club.telegram.message(to: poster) { $0.text.contains("Теги клуба") }
        #expect(Set(tags.buttons.keys) == ["#джаз · 1", "#елка · 1"])
        try await club.telegram.tap("#елка · 1", under: tags, as: poster)
        let list = try await club.telegram.message(to: poster) { $0.id == tags.id && $0.text.contains("#елка · 1") }
        try await club.telegram.tap("1. Ночной эфир", under: list, as: poster)
        let card = try await club.telegram.message(to: poster) { $0.id == tags.id && $0.text.contains("12:30 Сер") }
        try await club.telegram.tap("12:30 Середина", under: card, as: poster)

        let place = try await club.telegram.message(to: poster) { $0.text.hasPrefix("⏱ 12:30 Середина") }
        #expect(place.text.hasSuffix("🎧 Ночной эфир"))
        try await club.telegram.say("/random", as: poster)
        _ = try await club.telegram.message(to: poster) { $0.buttons.keys.contains("🎲 Другой") }
        await club.stop()
    }

    @Test func `a member sends an episode to a chat, and a stranger is led to the club and to that episode`()
        async throws
    {
        let club = try await RunningClub()
        try await post("Ночной эфир\nО городе", club)
        try await post("Утро", club)

        let offer = try await club.telegram.ask("ночн", as: poster)
        #expect(offer.results.compactMap { $0["title"] as? String } == ["Ночной эфир"])
        #expect(offer.isPersonal && offer.cacheTime == 0 && offer.button == nil)
        let result = try #require(offer.results.first?["id"] as? String)
        let sent = try await club.telegram.choose(result, of: offer, as: poster, in: SandboxClub.channelID)
        #expect((sent["text"] as? String)?.hasPrefix("🎧 Ночной эфир\n") == true)
        let keyboard = (sent["reply_markup"] as? [String: Any])?["inline_keyboard"] as? [[[String: Any]]]
        let link = try #require(keyboard?.first?.first?["url"] as? String)

        let closed = try await club.telegram.ask("ночн", as: stranger)
        #expect(closed.results.isEmpty && closed.isPersonal && closed.cacheTime == 0)
        #expect(closed.button?["start_parameter"] as? String == "inline")

        let payload = try #require(link.split(separator: "=").last)
        try await club.telegram.start(String(payload), as: stranger)
        let invitation = try await club.telegram.message(to: stranger) { !$0.buttons.isEmpty }
        #expect(!invitation.text.contains("Ночной"))
        try await club.telegram.tap(try #require(invitation.buttons.keys.first), under: invitation, as: stranger)
        try await approve("Stella", club)
        let welcome = try await club.telegram.message(to: stranger) { $0.text.contains("Ночной эфир") }
        try await club.telegram.tap("▶️ Play", under: welcome, as: stranger)
        _ = try await club.telegram.message(to: stranger) { $0.hasVoice }
        await club.stop()
    }

    @Test func `where the club allows it, the recording itself is sent`() async throws {
        let club = try await RunningClub()
        try await post("Ночной эфир", club)
        try await club.telegram.say("/club", as: poster)
        let settings = try await club.telegram.message(to: poster) { $0.text.contains("Настройки клуба") }
        let off = "⬜️ Записи можно отправлять в другие чаты"
        try await club.telegram.tap(off, under: settings, as: poster)
        _ = try await club.telegram.message(to: poster) { $0.id == settings.id && $0.buttons[off] == nil }

        let offer = try await club.telegram.ask("", as: poster)
        #expect(offer.results.first?["type"] as? String == "voice")
        let result = try #require(offer.results.first?["id"] as? String)
        let sent = try await club.telegram.choose(result, of: offer, as: poster, in: SandboxClub.channelID)

        #expect(sent["voice"] != nil)
        #expect(sent["caption"] as? String == "Ночной эфир")
        await club.stop()
    }

    @Test func `without inline mode everything else goes on`() async throws {
        let club = try await RunningClub()
        _ = try await club.telegram.change("/sandbox/bots/\(SandboxClub.botID)", ["inline": false], method: .patch)
        try await post("Ночной эфир", club)

        try await club.telegram.say("/latest", as: poster)

        _ = try await club.telegram.message(to: poster) { $0.buttons.keys.contains("▶️ Слушать") }
        await club.stop()
    }
}
