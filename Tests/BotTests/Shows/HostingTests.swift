import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Beginning, ending and changing shows.
struct HostingTests {
    let talk: BotTalk
    let host = BotTalk.host

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
    }

    private func managed(_ show: LiveSession, _ visitor: Visitor = BotTalk.host) async throws -> Seen.Screen {
        try await talk.taps(.show(.manage(show.id)), visitor).screen
    }

    // MARK: Beginning

    @Test func `golive begins the one show that is due`() async throws {
        let show = try await talk.plan(in: 20 * 60)
        try await talk.plan("Later", in: 86_400)
        let screen = try await talk.says("/golive", host).screen
        #expect(try screen.text.contains("🔴 В эфире"))
        #expect(try await talk.show(show.id).status == .live)
        // Once more: it is live, and can be ended.
        let again = try await talk.says("/golive", host).screen
        #expect(again.labels.joined().contains(talk.label(ShowTalkPhrase.buttonEnd)))
        #expect(try await talk.showsAhead().filter { $0.status == .live }.count == 1)
    }

    @Test func `where nothing or more is due the host chooses`() async throws {
        let show = try await talk.plan("Late", in: 4 * 3_600)
        let choice = try await talk.says("/golive", host).screen
        #expect(try choice.text == talk.words(ShowTalkPhrase.goLiveWhich))
        #expect(choice.labels[0] == ["▶️ Late · сегодня в 19:00"])
        let live = try await talk.taps(label: choice.labels[0][0], of: choice, host).screen
        #expect(try live.text.contains("🔴 В эфире"))
        let twice = try await talk.taps(label: choice.labels[0][0], of: choice, host)
        #expect(try await twice.toast.text == talk.refusal(.showHasBegun))
        #expect(try await talk.show(show.id).status == .live)
    }

    @Test func `without a planned show one begins by its title`() async throws {
        let offer = try await talk.says("/golive", host).screen
        #expect(try offer.text == talk.words(ShowTalkPhrase.goLiveNone))
        let question = try await talk.taps(ShowTalkPhrase.buttonStartNew, of: offer, host).screen
        let live = try await talk.replies("Прямо сейчас", to: question, host).screen
        #expect(try live.text.hasPrefix("🎙 Прямо сейчас\n🔴 В эфире"))
        let another = try await talk.says("/golive И ещё", host).screen
        #expect(try await another.text == talk.refusal(.hostIsLive))
        #expect(try await talk.showsAhead().map(\.title) == ["Прямо сейчас"])
    }

    @Test func `an admin's golive does not begin somebody else's show unasked`() async throws {
        let show = try await talk.plan(in: 60)
        let choice = try await talk.says("/golive", .owner).screen
        #expect(try choice.text == talk.words(ShowTalkPhrase.goLiveWhich))
        #expect(try await talk.show(show.id).status == .scheduled)
        _ = try await talk.taps(.show(.start(show.id)), .owner)
        #expect(try await talk.show(show.id).status == .live)
    }

    @Test func `members begin and end nothing`() async throws {
        let show = try await talk.plan(in: 60)
        for text in ["/golive", "/golive A", "/end", "/lives"] {
            #expect(try await talk.says(text, .member).screen.text == talk.refusal(.notAllowed), "\(text)")
        }
        let buttons: [ShowButton] = [
            .start(show.id), .end(show.id, isConfirmed: true), .end(show.id, isConfirmed: false), .manage(show.id),
            .cancel(show.id, .series), .cancel(show.id, nil), .weekly(show.id, true), .length(show.id, 30),
            .hands(show.id, .off), .ask(.title, show.id), .coHosts(show.id),
            .removeCoHost(show.id, MemberID(rawValue: "x")), .move(show.id, .minute(29_700_000), nil),
            .move(show.id, .days, nil), .lives(page: 0), .new, .beginNow,
        ]
        for button in buttons {
            let answer = try await talk.taps(.show(button), .member)
            #expect(try await answer.toast.text == talk.refusal(.notAllowed), "\(button)")
            #expect(answer.calls.count == 1)
        }
        #expect(try await talk.show(show.id) == show)
    }

    // MARK: Ending

    @Test func `end asks once, and ends`() async throws {
        let show = try await talk.plan(in: 60)
        try await talk.start(show)
        talk.club.clock.advance(by: .seconds(45 * 60))
        let question = try await talk.says("/end", host).screen
        #expect(try question.text.contains("45 мин"))
        #expect(try await talk.show(show.id).status == .live)
        let kept = try await talk.taps(.buttonBack, of: question, host).screen
        #expect(try kept.text.contains("🔴 В эфире"))
        let ended = try await talk.taps(ShowTalkPhrase.buttonEndYes, of: question, host).screen
        #expect(try ended.text.contains("Эфир закончился"))
        let twice = try await talk.taps(ShowTalkPhrase.buttonEndYes, of: question, host)
        #expect(try await twice.toast.text == talk.refusal(.showOver))
        #expect(try await talk.says("/end", host).screen.text == talk.words(ShowTalkPhrase.endNone))
    }

    @Test func `an admin chooses which of several ends`() async throws {
        let second = Visitor(id: 41, name: "Henry")
        try await talk.admit(second, role: .host)
        try await talk.start(try await talk.plan("One"))
        talk.club.clock.advance(by: .seconds(1))
        try await talk.start(try await talk.plan("Two", by: second), by: second)
        let choice = try await talk.says("/end", .owner).screen
        #expect(choice.labels == [["⏹ One"], ["⏹ Two"]])
        let question = try await talk.taps(label: "⏹ Two", of: choice, .owner).screen
        _ = try await talk.taps(ShowTalkPhrase.buttonEndYes, of: question, .owner)
        #expect(try await talk.showsAhead().map(\.title) == ["One"])
    }

    // MARK: Changing

    @Test func `title and description are asked for and taken`() async throws {
        let show = try await talk.plan()
        let card = try await managed(show)
        var question = try await talk.taps(ShowTalkPhrase.buttonTitle, of: card, host).screen
        _ = try await talk.replies("Другое имя", to: question, host)
        question = try await talk.taps(ShowTalkPhrase.buttonSummary, of: card, host).screen
        let changed = try await talk.replies("О чём мы\nговорим", to: question, host).screen
        #expect(try changed.text.hasPrefix("🎙 Другое имя"))
        #expect(try changed.text.hasSuffix("О чём мы\nговорим"))
        let long = String(repeating: "я", count: LiveSession.summaryLength + 1)
        #expect(try await talk.replies(long, to: question, host).screen.text == talk.refusal(.summaryTooLong))
    }

    @Test func `length, hands and weekly are chosen on the card`() async throws {
        let show = try await talk.plan()
        var screen = try await managed(show)
        screen = try await talk.taps(label: "⏱ 1 ч", of: screen, host).screen
        screen = try await talk.taps(label: "2 ч", of: screen, host).screen
        screen = try await talk.taps(label: "✋ Руки: все", of: screen, host).screen
        screen = try await talk.taps(label: "никто", of: screen, host).screen
        screen = try await talk.taps(label: "⬜️ Каждую неделю", of: screen, host).screen
        #expect(screen.labels.joined().contains("✅ Каждую неделю"))
        let changed = try await talk.show(show.id)
        #expect(changed.plannedDuration == .seconds(7_200))
        #expect(changed.handPolicy == .off && changed.repeatsWeekly)
    }

    @Test func `a show is moved by buttons or by words`() async throws {
        let show = try await talk.plan()
        let days = try await talk.taps(ShowTalkPhrase.buttonMove, of: try await managed(show), host).screen
        let hours = try await talk.taps(ShowTalkPhrase.dayTomorrow, of: days, host).screen
        let moved = try await talk.taps(label: "22:00", of: hours, host).screen
        #expect(try moved.text.contains("Завтра в 22:00"))
        let question = try await talk.taps(ShowTalkPhrase.buttonType, of: days, host).screen
        #expect(try await talk.replies("31.02 20:00", to: question, host).screen.text == talk.refusal(.unclearTime))
        #expect(try await talk.replies("23:15", to: question, host).screen.text.contains("Сегодня в 23:15"))
        #expect(try await talk.show(show.id).startsAt == Fixtures.start.addingTimeInterval(8 * 3_600 + 15 * 60))
    }

    @Test func `of a weekly show it is asked whether it is moved or cancelled alone`() async throws {
        let show = try await talk.plan(isWeekly: true)
        let question = try await talk.taps(.show(.move(show.id, .minute(29_675_000), nil)), host).screen
        #expect(try await talk.show(show.id).startsAt == show.startsAt)
        _ = try await talk.taps(ShowTalkPhrase.buttonOnlyThis, of: question, host)
        #expect(try await talk.show(show.id).startsAt == Date(timeIntervalSince1970: 29_675_000 * 60))

        let cancelling = try await talk.taps(ShowTalkPhrase.buttonCancel, of: try await managed(show), host).screen
        #expect(try cancelling.text.contains(talk.words(ShowTalkPhrase.cancelReach)))
        let cancelled = try await talk.taps(ShowTalkPhrase.buttonSeries, of: cancelling, host).screen
        #expect(try cancelled.text.contains(talk.words(ShowTalkPhrase.isCancelled)))
        #expect(try await talk.show(show.id).status == .cancelled)
        #expect(try await talk.show(show.id).repeatsWeekly == false)
    }

    @Test func `a co-host is added by name, may begin and end but not change, and is taken out`() async throws {
        let show = try await talk.plan()
        let helper = Visitor(id: 50, name: "Kira", username: "kira_k")
        try await talk.admit(helper)
        let list = try await talk.taps(label: "👥 Соведущие: 0", of: try await managed(show), host).screen
        let question = try await talk.taps(ShowTalkPhrase.buttonAddCoHost, of: list, host).screen
        let nobody = try await talk.replies("@nobody_here", to: question, host).screen
        #expect(try nobody.text == talk.words(ShowTalkPhrase.nobodyOfThatName, .ru, ["name": "@nobody_here"]))
        let unclear = try await talk.replies("Кира К.", to: question, host).screen
        #expect(try unclear.text == talk.words(ShowTalkPhrase.whatName))
        let added = try await talk.replies("@Kira_K", to: question, host).screen
        #expect(added.labels[0] == ["✖️ Kira"])

        let helped = try await managed(show, helper)
        let start = talk.label(ShowTalkPhrase.buttonStart)
        #expect(helped.labels == [[start], [talk.label(ShowTalkPhrase.buttonLives)]])
        #expect(try await talk.says("/lives", helper).screen.text.contains("Ночной эфир"))
        #expect(try await talk.taps(.show(.ask(.title, show.id)), helper).toast.text == talk.refusal(.notAllowed))

        let removed = try await talk.taps(label: "✖️ Kira", of: added, host).screen
        #expect(try removed.text.hasSuffix(talk.words(ShowTalkPhrase.coHostsNone)))
        #expect(try await talk.taps(.show(.start(show.id)), helper).toast.text == talk.refusal(.notAllowed))
    }

    @Test func `lives has the shows that one runs, page by page, or an offer`() async throws {
        let empty = try await talk.says("/lives", host).screen
        #expect(try empty.text == talk.words(ShowTalkPhrase.livesEmpty))
        #expect(try await talk.taps(ShowTalkPhrase.buttonNew, of: empty, host).screen.text.hasSuffix("newlive-title"))
        for number in 1...7 { try await talk.plan("Show \(number)", in: Double(number) * 3_600) }
        try await talk.plan("Olga's", in: 60, by: .owner)
        let first = try await talk.says("/lives", host).screen
        #expect(try !first.text.contains("Olga"))
        let second = try await talk.taps(.buttonNext, of: first, host).screen
        #expect(second.labels.first == ["7. Show 7"])
        #expect(try await talk.says("/lives", .owner).screen.text.contains("Olga's"))
    }
}
