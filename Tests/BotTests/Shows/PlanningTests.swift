import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Planning a show, by words or step by step. The clock begins on Monday, 1 June 2026, at 15:00 in Moscow.
struct PlanningTests {
    let talk: BotTalk
    let host = BotTalk.host

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
    }

    /// The draft of “Джаз” with a time.
    private func review(_ time: String = "18:00") async throws -> Seen.Screen {
        let days = try await talk.says("/newlive Джаз", host).screen
        let hours = try await talk.presses(.dayTomorrow, under: days, host).screen
        return try await talk.presses(time, under: hours, host).screen
    }

    private func only() async throws -> LiveSession {
        let shows = try await talk.showsAhead()
        return try #require(shows.count == 1 ? shows.first : nil, "\(shows.count) shows")
    }

    @Test func `with title and time a show is planned at once`() async throws {
        let screen = try await talk.says("/newlive  Ночной   эфир 21:00", host).screen
        #expect(try screen.text.hasPrefix("🎙 Ночной эфир\n🗓 Сегодня в 21:00 · через 6 ч · 1 ч"))
        let show = try await only()
        #expect(show.title == "Ночной эфир")
        #expect(show.startsAt == Fixtures.start.addingTimeInterval(6 * 3_600))
        #expect(try await show.host == talk.member(host).id)
    }

    @Test func `the time is in the host's own zone`() async throws {
        _ = try await talk.says("/settings zone Asia/Omsk", host)
        _ = try await talk.says("/newlive Эфир 21:00", host)
        #expect(try await only().startsAt == Fixtures.start.addingTimeInterval(3 * 3_600))
    }

    @Test func `step by step, with title, day, hour, and a look at all of it`() async throws {
        let question = try await talk.says("/newlive", host).screen
        #expect(try question.text.hasPrefix(talk.words(ShowTalkPhrase.askTitle)))
        let days = try await talk.replies("  Джаз &\n<b>соло</b>  ", to: question, host).screen
        #expect(try days.text.hasPrefix("🎙 Новый эфир\nДжаз & <b>соло</b>\n"))
        #expect(Array(days.labels.joined().prefix(3)) == ["Сегодня", "Завтра", "Ср, 3 июня"])
        let hours = try await talk.presses(.dayTomorrow, under: days, host).screen
        #expect(Array(hours.labels.joined().prefix(5)) == ["18:00", "19:00", "20:00", "21:00", "22:00"])
        #expect(try hours.text.contains("Вторник, 2 июня"))
        let review = try await talk.presses("20:00", under: hours, host).screen
        #expect(try review.text.contains("🗓 Вторник, 2 июня в 20:00 (МСК)"))
        #expect(try await talk.showsAhead().isEmpty)

        let published = try await talk.presses(.buttonPublish, under: review, host)
        #expect(try published.toast.text == talk.label(ShowTalkPhrase.toastPublished))
        #expect(try published.screen.changed == BotTalk.tapped)
        let show = try await only()
        #expect(show.title == "Джаз & <b>соло</b>")
        #expect(show.startsAt == Fixtures.start.addingTimeInterval(29 * 3_600))
        #expect(show.handPolicy == .everyone && !show.repeatsWeekly)
        #expect(show.plannedDuration == .seconds(3_600))
    }

    @Test func `length, hands and weekly are chosen before it is published`() async throws {
        var screen = try await review()
        screen = try await talk.presses("⏱ 1 ч", under: screen, host).screen
        #expect(screen.labels.joined().contains("✅ 1 ч"))
        screen = try await talk.presses("1 ч 30 мин", under: screen, host).screen
        screen = try await talk.presses("✋ Руки: все", under: screen, host).screen
        screen = try await talk.presses("с 3-го уровня", under: screen, host).screen
        screen = try await talk.presses("⬜️ Каждую неделю", under: screen, host).screen
        #expect(try screen.text.contains("⏱ 1 ч 30 мин · ✋ Руку поднимают: с 3-го уровня\n🔁 Каждую неделю"))
        _ = try await talk.presses(.buttonPublish, under: screen, host)
        let show = try await only()
        #expect(show.plannedDuration == .seconds(5_400))
        #expect(show.handPolicy == .level(3))
        #expect(show.repeatsWeekly)
    }

    @Test func `who taps publish twice has one show`() async throws {
        let review = try await review()
        let first = try await talk.presses(.buttonPublish, under: review, host)
        let second = try await talk.presses(.buttonPublish, under: review, host)
        #expect(try first.screen.text == second.screen.text)
        #expect(try await only().title == "Джаз")
    }

    @Test func `a time can be typed, and a wrong one is asked again`() async throws {
        let days = try await talk.says("/newlive Джаз", host).screen
        let question = try await talk.presses(.buttonType, under: days, host).screen
        #expect(try await talk.replies("когда-нибудь", to: question, host).screen.text == talk.refusal(.unclearTime))
        #expect(try await talk.replies("Рок 21:00", to: question, host).screen.text == talk.refusal(.unclearTime))
        #expect(try await talk.replies(nil, to: question, host).screen.text == talk.words(.noWords))
        let review = try await talk.replies("завтра 20:30", to: question, host).screen
        #expect(try review.text.contains("Вторник, 2 июня в 20:30"))
        _ = try await talk.presses(.buttonPublish, under: review, host)
        #expect(try await only().title == "Джаз")
    }

    @Test func `a command is a command, whatever it replies to`() async throws {
        let question = try await talk.says("/newlive", host).screen
        let answer = try await talk.replies("/schedule", to: question, host).screen
        #expect(try answer.text == talk.words(ShowTalkPhrase.scheduleEmpty))
    }

    @Test func `a draft is dropped, or its day chosen anew`() async throws {
        let review = try await review()
        let days = try await talk.presses(.buttonOtherTime, under: review, host).screen
        #expect(try days.text.contains("Джаз"))
        let dropped = try await talk.presses(.buttonDrop, under: days, host).screen
        #expect(try dropped.text == talk.words(ShowTalkPhrase.dropped))
        #expect(dropped.buttons.isEmpty)
        #expect(try await talk.showsAhead().isEmpty)
    }

    @Test func `a draft that lay too long is refused, and a message that says nothing too`() async throws {
        let review = try await review()
        talk.club.clock.advance(by: .seconds(3 * 86_400))
        let late = try await talk.presses(.buttonPublish, under: review, host)
        #expect(try await late.toast.text == talk.refusal(.timeInThePast))
        // Telegram does not tell the text of a message that is too old.
        let old = try await talk.taps(.show(.plan(.days)), host)
        #expect(try old.toast.text == talk.label(.toastStaleButton))
        #expect(try await talk.showsAhead().isEmpty)
    }

    @Test func `titles have their limits`() async throws {
        let question = try await talk.says("/newlive", host).screen
        let long = String(repeating: "я", count: LiveSession.titleLength + 1)
        #expect(try await talk.replies(long, to: question, host).screen.text == talk.refusal(.titleTooLong))
        #expect(try await talk.replies("\u{202E}\u{0}", to: question, host).screen.text == talk.refusal(.titleMissing))
        #expect(try await talk.says("/newlive 21:00", host).screen.text == talk.refusal(.titleMissing))
    }

    @Test func `members plan nothing, by whatever they write or tap`() async throws {
        let days = try await talk.says("/newlive Джаз", host).screen
        let question = try await talk.says("/newlive", host).screen
        #expect(try await talk.says("/newlive Эфир 21:00", .member).screen.text == talk.refusal(.notAllowed))
        #expect(try await talk.presses(.dayTomorrow, under: days, .member).toast.text == talk.refusal(.notAllowed))
        #expect(try await talk.replies("Эфир", to: question, .member).screen.text == talk.refusal(.notAllowed))
        let draft = ShowButton.draft(.publish, ShowDraft(startsAt: Fixtures.start.addingTimeInterval(3_600)))
        #expect(try await talk.taps(.show(draft), .member).toast.text == talk.refusal(.notAllowed))
        #expect(try await talk.showsAhead().isEmpty)
    }
}
