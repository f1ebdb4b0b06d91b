import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Shows as members see and answer them.
struct MemberShowsTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
    }

    private func card(_ show: LiveSession, _ visitor: Visitor = .member) async throws -> Seen.Screen {
        try await talk.taps(.show(.card(show.id)), visitor).screen
    }

    // MARK: Lists

    @Test func `without shows, live and schedule say so`() async throws {
        #expect(try await talk.says("/live", .member).screen.text == talk.words(ShowTalkPhrase.nobodyLive))
        #expect(try await talk.says("/schedule", .member).screen.text == talk.words(ShowTalkPhrase.scheduleEmpty))
    }

    @Test func `the schedule has the shows in their order, in the reader's own zone, and pages`() async throws {
        for number in 1...8 { try await talk.plan("Show \(number)", in: Double(number) * 3_600) }
        _ = try await talk.says("/settings zone Asia/Omsk", .member)

        let first = try await talk.says("/schedule", .member).screen
        // 12:00 UTC is 18:00 in Omsk.
        #expect(try first.text.contains("1. Show 1\n🗓 Сегодня в 19:00 · через 1 ч · 1 ч"))
        #expect(try !first.text.contains("Show 7"))
        let second = try await talk.taps(.buttonNext, of: first, .member).screen
        #expect(second.changed == BotTalk.tapped)
        #expect(try second.text.contains("7. Show 7\n🗓 Завтра в 01:00 · через 7 ч"))
        #expect(try await talk.taps(label: "8. Show 8", of: second, .member).screen.text.hasPrefix("🎙 Show 8"))
        #expect(try await talk.taps(.show(.schedule(page: 9)), .member).screen.text == first.text)
    }

    @Test func `a show is shown in English to who reads English`() async throws {
        let show = try await talk.plan("Late & <live>", in: 3 * 86_400)
        let card = try await card(show, .englishMember)
        #expect(
            try card.text
                == "🎙 Late & <live>\n🗓 Thursday, 4 June at 15:00 · in 3 days · 1 h\n🎤 Hosted by Hanna"
        )
    }

    @Test func `live shows what is live, with the way in; else what comes next`() async throws {
        let show = try await talk.plan(in: 600)
        let next = try await talk.says("/live", .member).screen
        #expect(try next.text.contains("Ночной эфир"))
        #expect(try next.text.contains("через 10 мин"))

        try await talk.start(show)
        talk.club.clock.advance(by: .seconds(12 * 60))
        let live = try await talk.says("/live", .member).screen
        #expect(try live.text.contains("🔴 В эфире · идёт 12 мин"))
        let join = try #require(live.buttons.first { $0.text == talk.label(ShowTalkPhrase.buttonJoin) })
        #expect(join.url == "https://club.test/live/\(show.id)")
    }

    @Test func `several live shows are a list`() async throws {
        try await talk.start(try await talk.plan("One"))
        talk.club.clock.advance(by: .seconds(1))
        try await talk.start(try await talk.plan("Two", by: .owner), by: .owner)
        let screen = try await talk.says("/live", .member).screen
        #expect(try screen.text == talk.words(ShowTalkPhrase.severalLive, count: 2))
        #expect(screen.labels.joined().filter { $0.hasPrefix("🔴 ") } == ["🔴 One", "🔴 Two"])
    }

    @Test func `without a site the live show says how one comes in`() async throws {
        let talk = try BotTalk(site: nil)
        try await talk.openForShows()
        try await talk.start(try await talk.plan())
        let live = try await talk.says("/live", .member).screen
        #expect(try live.text.hasSuffix(talk.words(ShowTalkPhrase.noSite)))
        #expect(live.buttons.allSatisfy { $0.url == nil })
    }

    // MARK: Answers

    @Test func `a member says that they come, and takes it back, and is counted once`() async throws {
        let show = try await talk.plan()
        let asked = try await card(show)
        let answered = try await talk.taps(ShowTalkPhrase.buttonCome, of: asked, .member)
        #expect(try answered.toast.text == talk.label(ShowTalkPhrase.toastComing))
        #expect(try answered.screen.text.contains("🙋 Придёт 1 человек"))
        // The old button once more, as by a quick second tap.
        _ = try await talk.taps(ShowTalkPhrase.buttonCome, of: asked, .member)
        #expect(try await talk.show(show.id).comingCount == 1)

        let back = try await talk.taps(ShowTalkPhrase.buttonComing, of: try answered.screen, .member)
        #expect(try back.toast.text == talk.label(ShowTalkPhrase.toastNotComing))
        #expect(try await talk.show(show.id).comingCount == 0)
        #expect(try back.screen.labels == asked.labels)
    }

    @Test func `to be reminded is another answer`() async throws {
        let show = try await talk.plan()
        let reminded = try await talk.taps(ShowTalkPhrase.buttonRemind, of: try await card(show), .member)
        #expect(try reminded.toast.text == talk.label(ShowTalkPhrase.toastReminding))
        let answer = try #require(try await talk.answer(of: .member, to: show))
        #expect(answer.wantsReminders && !answer.isComing)
        _ = try await talk.taps(ShowTalkPhrase.buttonReminded, of: try reminded.screen, .member)
        #expect(try await talk.answer(of: .member, to: show)?.isGiven == false)
    }

    @Test func `an old button of a show that is over says why it does nothing`() async throws {
        let show = try await talk.plan()
        let old = try await card(show)
        try await talk.start(show)
        try await talk.end(show)
        let answer = try await talk.taps(ShowTalkPhrase.buttonCome, of: old, .member)
        #expect(try await answer.toast.text == talk.refusal(.showOver))
        #expect(try answer.toast.showAlert == true)
        #expect(answer.screens.isEmpty)
        #expect(try await card(show).text.contains("Эфир закончился"))
    }

    @Test func `a show comes as a calendar's file`() async throws {
        let show = try await talk.plan()
        let answer = try await talk.taps(ShowTalkPhrase.buttonCalendar, of: try await card(show), .member)
        let files = answer.calls.compactMap { call -> UploadDocument? in
            guard case .uploadDocument(let file) = call else { return nil }
            return file
        }
        let file = try #require(files.first)
        #expect(file.fileName == "show-\(show.id).ics")
        let text = String(decoding: file.contents, as: UTF8.self)
        #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n"))
        #expect(text.contains("20260601T140000Z"))
        #expect(text.contains("https://t.me/club_bot?start=show-\(show.id)"))
    }

    // MARK: Links

    @Test func `a show is shared by a link, which opens it for members and the door for strangers`() async throws {
        let show = try await talk.plan()
        let share = try #require(try await card(show).buttons.first { $0.text == talk.label(.buttonShare) })
        let items = try #require(share.url.flatMap(URLComponents.init(string:))?.queryItems)
        #expect(items.first?.value == "https://t.me/club_bot?start=show-\(show.id)")

        for text in ["/start show-\(show.id)", "https://t.me/club_bot?start=show-\(show.id)"] {
            let opened = try await talk.says(text, .member).screen
            #expect(try TelegramText(opened.source).bold.first == "Ночной эфир")
        }
        let door = try await talk.says("/start show-\(show.id)", .stranger).screen
        #expect(try !door.text.contains("Ночной эфир"))
        #expect(try door.text.hasPrefix(talk.words(.startStranger, .ru, ["name": "Stas"])))
        #expect(
            try await talk.says("/start show-nothing", .member).screen.text == talk.refusal(.notFound)
        )
    }

    @Test(arguments: ["/live", "/schedule", "/lives", "/newlive A 21:00", "/golive A", "/end"])
    func `strangers get nothing of shows`(text: String) async throws {
        try await talk.plan("Secret")
        let answer = try await talk.says(text, .stranger).screen
        #expect(try answer.text.hasPrefix(talk.words(.startStranger, .ru, ["name": "Stas"])))
        #expect(try await talk.showsAhead().count == 1)
    }

    // MARK: In the channel

    @Test func `a tap under the announcement counts the member, and changes nothing of the post`() async throws {
        let show = try await talk.plan()
        let data = Button.show(.comeFromChannel(show.id)).data
        let first = try await talk.tapsInChannel(data, .member)
        #expect(try first.toast.text == talk.label(ShowTalkPhrase.toastComing))
        #expect(first.calls.count == 1)
        let second = try await talk.tapsInChannel(data, .member)
        #expect(try second.toast.text == talk.label(ShowTalkPhrase.toastComingAlready))
        #expect(try await talk.show(show.id).comingCount == 1)
    }

    @Test(arguments: ["channel", "supergroup"])
    func `a stranger's tap there is answered with how to come in`(type: String) async throws {
        let show = try await talk.plan()
        let data = Button.show(.comeFromChannel(show.id)).data
        let answer = try await talk.tapsInChannel(data, .stranger, type: type)
        #expect(try answer.toast.text == talk.label(ShowTalkPhrase.toastStranger))
        #expect(try answer.toast.showAlert == true)
        #expect(answer.calls.count == 1)
        #expect(try await talk.show(show.id).comingCount == 0)
    }

    @Test func `what else is tapped there never changes the post`() async throws {
        let show = try await talk.plan()
        let data = [
            Button.show(.card(show.id)), .show(.start(show.id)), .list(Listing()), .help, .askToJoin,
            .personal(.settings),
        ].map(\.data)
        for data in data + ["nonsense"] {
            for visitor in [Visitor.owner, .stranger] {
                let answer = try await talk.tapsInChannel(data, visitor)
                #expect(try answer.toast.text == talk.label(.toastStaleButton))
                #expect(answer.calls.count == 1)
            }
        }
        #expect(try await talk.show(show.id).status == .scheduled)
    }
}
