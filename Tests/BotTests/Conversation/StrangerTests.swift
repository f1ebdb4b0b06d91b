import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What people see who do not belong to the club.
struct StrangerTests {
    let talk: BotTalk

    init() throws {
        talk = try BotTalk()
    }

    /// A button of each kind that only members are shown, and one that nobody was ever shown.
    static let foreignButtons: [String] =
        ([
            .decide(MemberID(rawValue: "0abc"), isApproved: true), .signIn(payload: "0abc", isConfirmed: true),
            .list(Listing()), .list(Listing(words: ["звук"])), .episode(PodcastID(rawValue: "0abc"), back: nil),
            .play(PodcastID(rawValue: "0abc")), .latest(0), .help,
        ] as [Button]).map(\.data) + ["drop table"]

    private func expectInvitation(
        _ seen: Seen,
        _ language: Language,
        _ button: Button = .askToJoin
    ) throws {
        let screen = try seen.screen
        let greeting = try talk.words(.startStranger, language, ["name": Visitor.stranger.name])
        #expect(try screen.text == "\(greeting)\n\n\(talk.words(ClubChatPhrase.wayRequest, language))")
        #expect(screen.labels == [[talk.label(.buttonAsk, language)]])
        #expect(screen.buttons.map(\.callbackData) == [button.data])
        #expect(seen.sounds.isEmpty)
    }

    @Test(
        arguments: [
            "/start", "/help", "/latest", "/library", "/search звук", "/search", "/nothing", "звук", "🎧",
            "/start login-0abc", "/start nonsense",
        ],
        Language.allCases
    )
    func `a stranger who writes gets an explanation and a way to ask, nothing else`(
        text: String,
        language: Language
    ) async throws {
        try await talk.open()
        try await talk.post(1, "Secret episode")
        var stranger = Visitor.stranger
        stranger.language = language

        let seen = try await talk.says(text, stranger)

        #expect(seen.calls.count == 1)
        try expectInvitation(seen, language)
    }

    @Test func `a stranger who opens an episode's link gets the same, and a button that remembers it`() async throws {
        try await talk.open()
        let podcast = try await talk.post(1, "Secret episode")

        for id in [podcast.id, PodcastID(rawValue: "0abc")] {
            let seen = try await talk.says("/start episode-\(id)", .stranger)
            #expect(seen.calls.count == 1)
            try expectInvitation(seen, .ru, .askToHear(id))
        }
    }

    @Test func `a stranger who sends a sticker gets the same`() async throws {
        let seen = try await talk.handle(talk.message(from: .stranger, ["sticker": ["emoji": "🎧"]]))

        try expectInvitation(seen, .ru)
    }

    @Test(arguments: foreignButtons)
    func `a stranger who taps a member's button gets the same`(data: String) async throws {
        try await talk.open()

        let seen = try await talk.handle(talk.tap(data, by: .stranger))

        #expect(seen.calls.count == 2)
        #expect(try seen.toast.text == nil)
        #expect(try seen.screen.changed == BotTalk.tapped)
        try expectInvitation(seen, .ru)
        #expect(try await talk.club.directory.find(.telegram(Visitor.stranger.person.telegramID)) == nil)
    }

    @Test func `the invitation speaks English to somebody without Russian, Russian to somebody who says nothing`()
        async throws
    {
        for (code, language) in [("de", Language.en), ("ru", .ru), (nil, .ru)] {
            var user = Visitor.stranger.user
            user["language_code"] = code
            let seen = try await talk.handle(talk.message(from: .stranger, ["from": user, "text": "/start"]))

            try expectInvitation(seen, language)
        }
    }

    @Test(arguments: Language.allCases)
    func `who waits for an answer is told so, whatever they do`(language: Language) async throws {
        var visitor = Visitor.stranger
        visitor.language = language
        _ = try await talk.taps(.askToJoin, visitor)
        let waiting = try talk.words(.startPending, language, ["name": visitor.name])

        for text in ["/start", "/latest", "звук"] {
            let screen = try await talk.says(text, visitor).screen
            #expect(try screen.text == waiting)
            #expect(screen.rows.isEmpty)
        }
        let tapped = try await talk.taps(.latest(0), visitor).screen
        #expect(try tapped.text == waiting)
        #expect(tapped.rows.isEmpty)
    }

    @Test(arguments: Language.allCases)
    func `who is banned is told so and has nothing to tap`(language: Language) async throws {
        var visitor = Visitor.stranger
        visitor.language = language
        try await talk.change(try await talk.admit(visitor).id) { $0.membership = .banned }
        let closed = talk.club.phrases.text(.banned, language, zone: .gmt)

        for text in ["/start", "/library", "/claim s3cret"] {
            let screen = try await talk.says(text, visitor).screen
            #expect(try screen.text == closed)
            #expect(screen.rows.isEmpty)
        }
        let asked = try await talk.taps(.askToJoin, visitor)
        #expect(try asked.toast.text == closed)
        #expect(try asked.toast.showAlert == true)
        #expect(asked.screens.isEmpty)
        #expect(try await talk.member(visitor).membership == .banned)
    }

    @Test func `who has left the club is a stranger again`() async throws {
        let member = try await talk.admit(.stranger)
        try await talk.change(member.id) { $0.membership = .left }

        try expectInvitation(try await talk.says("/latest", .stranger), .ru)
    }

    @Test(
        arguments: [
            ["id": -5, "type": "group"], ["id": -1_005, "type": "supergroup"], ["id": -1_006, "type": "channel"],
        ] as [[String: any Sendable]]
    )
    func `what is written in groups is nobody's business`(chat: [String: any Sendable]) async throws {
        try await talk.open()

        for visitor in [Visitor.stranger, .member] {
            let seen = try await talk.handle(talk.message(from: visitor, ["text": "/latest", "chat": chat]))
            #expect(seen.calls.isEmpty)
        }
    }
}
