import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Asking to be let in, and the admins' answer.
struct JoiningTests {
    let talk: BotTalk
    let admin = Visitor(id: 2, name: "Ada", language: .en)

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        try await talk.admit(admin, role: .admin)
    }

    private let handle = ["name": "Stas", "handle": " (@stas)"]

    private func ask(_ visitor: Visitor = .stranger) async throws -> Seen {
        try await talk.taps(.askToJoin, visitor)
    }

    private func decision(_ isApproved: Bool) async throws -> Button {
        .decide(try await talk.member(.stranger).id, isApproved: isApproved)
    }

    @Test func `asking tells the person, and every admin in the admin's language`() async throws {
        let seen = try await ask()

        #expect(try seen.screen.text == talk.words(.joinAsked))
        #expect(try seen.screen.rows.isEmpty)
        #expect(try seen.toast.text == nil)
        let cards = try await talk.told()
        #expect(cards.map(\.chat) == [Visitor.owner.id, admin.id])
        #expect(try cards[0].text == talk.words(.joinRequest, .ru, handle))
        #expect(try cards[1].text == talk.words(.joinRequest, .en, handle))
        #expect(cards[1].labels == [[talk.label(.buttonApprove, .en), talk.label(.buttonDecline, .en)]])
    }

    @Test func `asking twice says that it is with the admins, who are not told again`() async throws {
        _ = try await ask()
        _ = try await talk.told()

        let toast = try await ask().toast

        #expect(toast.text == talk.club.phrases.text(.requestPending, .ru, zone: .gmt))
        #expect(toast.showAlert == true)
        #expect(try await talk.told().isEmpty)
    }

    @Test func `a member who taps an old button to ask is greeted`() async throws {
        let seen = try await ask(.member)

        #expect(try seen.screen.text == talk.words(.startMember, .ru, ["name": "Mark"]))
        #expect(try await talk.told().isEmpty)
    }

    @Test(arguments: [true, false])
    func `an admin's answer changes the card and is told to the person`(isApproved: Bool) async throws {
        _ = try await ask()
        let cards = try await talk.told()
        let label: BotPhrase = isApproved ? .buttonApprove : .buttonDecline

        let seen = try await talk.taps(label, of: cards[1], admin)

        let card = try seen.screen
        let phrase: BotPhrase = isApproved ? .joinApprovedCard : .joinDeclinedCard
        #expect(card.changed == BotTalk.tapped)
        #expect(card.chat == admin.id)
        #expect(try card.text == talk.words(phrase, .en, handle.merging(["admin": "Ada"]) { $1 }))
        #expect(card.rows.isEmpty)
        #expect(try seen.toast.text == nil)
        let told = try #require(try await talk.told().first)
        #expect(told.chat == Visitor.stranger.id)
        let answer =
            isApproved ? try talk.words(.joinWelcome, .ru, ["name": "Stas"]) : try talk.words(.joinDeclined)
        #expect(try told.text == answer)
        #expect(told.rows.isEmpty == !isApproved)
        #expect(try await talk.member(.stranger).membership == (isApproved ? .active : .left))
    }

    @Test(arguments: [true, false])
    func `a second admin is told that it is decided, and sees by whom`(isApproved: Bool) async throws {
        _ = try await ask()
        _ = try await talk.taps(try await decision(isApproved), admin)
        _ = try await talk.told()

        let seen = try await talk.taps(try await decision(!isApproved), .owner)

        #expect(try seen.toast.text == talk.club.phrases.text(.nothingToDecide, .ru, zone: .gmt))
        #expect(try seen.toast.showAlert == true)
        let phrase: BotPhrase = isApproved ? .joinApprovedCard : .joinDeclinedCard
        #expect(try seen.screen.text == talk.words(phrase, .ru, handle.merging(["admin": "Ada"]) { $1 }))
        #expect(try seen.screen.rows.isEmpty)
        #expect(try await talk.told().isEmpty)
        #expect(try await talk.member(.stranger).isActive == isApproved)
    }

    @Test(arguments: [true, false])
    func `a member who forges an admin's button decides nothing`(isApproved: Bool) async throws {
        _ = try await ask()
        _ = try await talk.told()

        for forger in [Visitor.member, .stranger] {
            let seen = try await talk.taps(try await decision(isApproved), forger)
            #expect(seen.screens.allSatisfy { $0.buttons.isEmpty })
        }

        let toast = try await talk.taps(try await decision(isApproved), .member).toast
        #expect(toast.text == talk.club.phrases.text(.notAllowed, .ru, zone: .gmt))
        #expect(try await talk.member(.stranger).membership == .pending)
        #expect(try await talk.told().isEmpty)
    }

    @Test func `a request of somebody whom nobody knows is answered with a toast only`() async throws {
        let seen = try await talk.taps(.decide(MemberID(rawValue: "nobody"), isApproved: true), .owner)

        #expect(seen.calls.count == 1)
        #expect(try seen.toast.text == talk.club.phrases.text(.nothingToDecide, .ru, zone: .gmt))
    }

    @Test func `who was declined can ask again after a day, not before`() async throws {
        _ = try await ask()
        _ = try await talk.taps(try await decision(false), .owner)
        _ = try await talk.told()
        let again = talk.club.clock.after(MemberDirectory.pauseAfterDecline)
        let zone = try await talk.club.library.zone()

        talk.club.clock.advance(by: MemberDirectory.pauseAfterDecline - .seconds(1))
        let early = try await ask()
        #expect(try early.toast.text == talk.club.phrases.text(.askAgainLater(again), .ru, zone: zone))
        #expect(try early.toast.text?.contains("2 июня в 15:00") == true)
        #expect(early.screens.isEmpty)

        talk.club.clock.advance(by: .seconds(1))
        #expect(try await ask().screen.text == talk.words(.joinAsked))
        #expect(try await talk.told().map(\.chat) == [Visitor.owner.id, admin.id])
        _ = try await talk.taps(try await decision(true), .owner)
        #expect(try await talk.member(.stranger).isActive)
    }

    @Test(arguments: [Language.ru, .en])
    func `who was declined and has another name or language since is put before the admins as well`(
        language: Language
    ) async throws {
        _ = try await ask()
        _ = try await talk.taps(try await decision(false), .owner)
        _ = try await talk.told()
        talk.club.clock.advance(by: MemberDirectory.pauseAfterDecline)
        let renamed = Visitor(id: Visitor.stranger.id, name: "Stanislav", username: nil, language: language)

        let seen = try await ask(renamed)

        #expect(try seen.screen.text == talk.words(.joinAsked, language))
        #expect(try await talk.member(renamed).membership == .pending)
        let request = try talk.words(.joinRequest, .ru, ["name": "Stanislav", "handle": ""])
        #expect(try await talk.told().first?.text == request)
    }
}
