import Domain
import Foundation
import Sandbox
import Testing

/// A show in the whole program, as host and member see it, from its announcement to its recording.
@Suite(.timeLimit(.minutes(3)), .serialized)
struct WholeShowTests {
    let host = SandboxClub.posterID
    let member = SandboxClub.memberID

    /// A day and time as a host writes them, in the club's zone.
    private func words(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.timeZone = ClubSettings().zone
        formatter.locale = Locale(identifier: "en_GB")
        formatter.dateFormat = "yyyy-MM-dd HH:mm"
        return formatter.string(from: date)
    }

    private func letIn(_ telegram: Telegram) async throws {
        try await telegram.say("/start", as: member)
        let door = try await telegram.message(to: member) { !$0.buttons.isEmpty }
        try await telegram.tap(try #require(door.buttons.keys.first), under: door, as: member)
        let request = try await telegram.message(to: host) { $0.text.contains("Misha") && !$0.buttons.isEmpty }
        try await telegram.tap("✅ Принять", under: request, as: host)
        _ = try await telegram.message(to: member) { $0.text.contains("Добро пожаловать") }
    }

    @Test func `one post lives through the whole show, and everybody hears of it once`() async throws {
        let clock = AdvancedClock()
        let club = try await RunningClub(others: ["PUBLIC_URL": "https://club.example.org"], clock: clock)
        let telegram = club.telegram
        try await letIn(telegram)

        // Announced.
        let start = clock.now.addingTimeInterval(25 * 3_600)
        try await telegram.say("/newlive Ночной эфир \(words(start))", as: host)
        let announced = try await telegram.channelPost { $0.text.hasPrefix("🎙 Ночной эфир") }
        #expect(announced.text.contains("МСК"))

        // The member says that they come, in the channel, and wants to be reminded, in the bot.
        try await telegram.tap("🙋 Я приду", under: announced, as: member)
        try await telegram.say("/schedule", as: member)
        let schedule = try await telegram.message(to: member) { $0.buttons["1. Ночной эфир"] != nil }
        try await telegram.tap("1. Ночной эфир", under: schedule, as: member)
        let card = try await telegram.message(to: member) { $0.buttons["🔔 Напомнить"] != nil }
        #expect(card.buttons["✅ Вы придёте"] != nil)
        try await telegram.tap("🔔 Напомнить", under: card, as: member)
        _ = try await telegram.message(to: member) { $0.buttons["✅ Напомню"] != nil }
        // The announcement is edited at most once in ten seconds.
        clock.advance(by: .seconds(11))
        let counted = try await telegram.channelPost { $0.text.contains("Придёт 1 человек") }
        #expect(counted.id == announced.id)

        // Reminded a day and a quarter of an hour before.
        clock.advance(by: .seconds(3_600))
        _ = try await telegram.message(to: member) { $0.text.hasPrefix("⏰ Скоро эфир: Ночной эфир") }
        clock.advance(by: .seconds(start.timeIntervalSince(clock.now) - 14 * 60))
        _ = try await telegram.message(to: member) { $0.text.hasPrefix("⏰ Эфир вот-вот начнётся") }

        // Live.
        clock.advance(by: .seconds(14 * 60))
        try await telegram.say("/golive", as: host)
        let live = try await telegram.channelPost { $0.text.hasPrefix("🔴 В эфире: Ночной эфир") }
        #expect(live.id == announced.id)
        let join = try #require(live.buttons["🔴 Войти в эфир"])
        #expect(join.hasPrefix("https://club.example.org/live/"))
        _ = try await telegram.message(to: member) { $0.text.hasPrefix("🔴 Эфир начался: Ночной эфир") }

        // Over.
        clock.advance(by: .seconds(20 * 60))
        try await telegram.say("/end", as: host)
        let question = try await telegram.message(to: host) { $0.buttons["⏹ Да, завершить"] != nil }
        try await telegram.tap("⏹ Да, завершить", under: question, as: host)
        let over = try await telegram.channelPost { $0.text.hasPrefix("⏹ Эфир закончился") && $0.id == announced.id }
        #expect(over.text.contains("Запись скоро будет"))
        let reply = try await telegram.channelPost { $0.answered == announced.id }
        #expect(reply.text.contains("Длился 20 мин"))
        _ = try await telegram.message(to: member) { $0.text.hasPrefix("⏹ Эфир закончился: Ночной эфир") }

        // Recorded, by a post of the club's time.
        try await telegram.advance(by: clock.now.timeIntervalSinceNow)
        try await telegram.post("", file: Recordings.voice(1))
        let recorded = try await telegram.channelPost { $0.text.hasPrefix("🎧 Запись эфира готова: Ночной эфир") }
        #expect(recorded.id == announced.id)
        #expect(try #require(recorded.buttons["▶️ Слушать"]).contains("start=episode-"))
        let result = try await telegram.message(to: host) { $0.text.hasPrefix("🎧 Запись эфира в библиотеке") }
        #expect(result.text.contains("Собирались прийти: 1"))

        let told = try await telegram.messages(to: member).map(\.text)
        for beginning in ["⏰ Скоро эфир", "⏰ Эфир вот-вот", "🔴 Эфир начался", "⏹ Эфир закончился"] {
            #expect(told.count { $0.hasPrefix(beginning) } == 1, "\(beginning)")
        }
        #expect(try await telegram.channelPosts().count { $0.text.contains("Ночной эфир") } == 2)
        await club.stop()
    }
}
