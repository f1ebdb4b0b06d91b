import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The longest and most hostile things that people can write, held against Telegram's limits.
struct LimitsTests {
    /// What is hard to measure, to escape, or both.
    enum Stuff: String, CaseIterable, Sendable {
        case markup = "<b>&\""
        case emoji = "👨‍👩‍👧‍👦🏳️‍🌈"
        /// One visible character of many code points.
        case marks = "e\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}\u{0308}\u{0309}\u{030A}"
        case hiddenMarkup = "<\u{0301}&\u{0302}>\u{0303}\"\u{0304}"
        case letters = "Ж"

        /// So many code points of it.
        func text(_ length: Int) -> String {
            let repeated = String(repeating: rawValue, count: length / rawValue.unicodeScalars.count + 1)
            return String(String.UnicodeScalarView(repeated.unicodeScalars.prefix(length)))
        }
    }

    /// Longest caption that a person can write (with Premium), in code points. Source: appConfig,
    /// `caption_length_limit_premium`.
    static let captionLength = 4_096
    /// Longest label that the bot writes, in code points: number, beginning of the title, dots.
    static let labelLength = 48

    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    /// Six episodes that are as long as they can be, each with twenty tags of fifty letters.
    private func post(_ stuff: Stuff) async throws {
        for number in Int64(1)...6 {
            let tags = (10..<30).map { "#ж\(number)\($0)" + String(repeating: "ж", count: 46) }.joined(separator: " ")
            let marked = "#t" + Stuff.marks.text(300)
            let head = stuff.text(200) + "\n" + tags + " " + marked + "\n"
            let caption = head + stuff.text(Self.captionLength - head.unicodeScalars.count)
            _ = try await talk.handle(
                talk.recording(
                    number,
                    caption: caption,
                    file: ["duration": 2_678_400],
                    post: ["author_signature": stuff.text(128)]
                )
            )
        }
    }

    private func expectWithinLimits(_ seen: Seen) throws {
        for screen in seen.screens { try expectWithinLimits(screen) }
        for sound in seen.sounds {
            #expect(try TelegramText(sound.caption).length <= TelegramText.captionLimit)
        }
        for toast in seen.toasts { #expect((toast.text ?? "").unicodeScalars.count <= 200) }
    }

    private func expectWithinLimits(_ screen: Seen.Screen) throws {
        let text = try TelegramText(screen.source)
        #expect((1...TelegramText.messageLimit).contains(text.length))
        #expect(screen.source.utf8.count <= 32 << 10)
        #expect(screen.buttons.count <= 100)
        for button in screen.buttons {
            #expect((button.callbackData == nil) != (button.url == nil))
            #expect((1...Button.dataLimit).contains(button.callbackData?.utf8.count ?? 1))
            #expect((1...Self.labelLength).contains(button.text.unicodeScalars.count))
            if let data = button.callbackData { #expect(Button(data: data) != nil) }
        }
    }

    @Test(arguments: Stuff.allCases, Language.allCases)
    func `every screen of long episodes is one that Telegram takes`(stuff: Stuff, language: Language) async throws {
        try await post(stuff)
        let visitor: Visitor = language == .ru ? .member : .englishMember

        let library = try await talk.says("/library", visitor)
        try expectWithinLimits(library)
        #expect(try library.screen.rows.count == Listing.pageSize)
        for button in try library.screen.buttons {
            let card = try await talk.handle(talk.tap(button.callbackData, by: visitor))
            try expectWithinLimits(card)
            try expectWithinLimits(try await talk.taps(.buttonPlay, of: card.screen, visitor))
        }
        try expectWithinLimits(try await talk.says("/latest", visitor))
        try expectWithinLimits(try await talk.says("/search \(stuff.text(500))", visitor))
        try expectWithinLimits(try await talk.says("/search ж1", visitor))
    }

    @Test(arguments: Stuff.allCases, Recording.MessengerOnlyReason.allCases)
    func `what admins are told about long episodes is, too`(
        stuff: Stuff,
        reason: Recording.MessengerOnlyReason
    ) async throws {
        try await post(stuff)
        for screen in try await talk.told() { try expectWithinLimits(screen) }
        let podcast = try await talk.podcast(1)

        _ = try await talk.club.library.note(
            .messengerOnly(reason),
            of: podcast.recordings[0].id,
            file: try #require(podcast.recordings[0].fileUniqueID),
            cause: talk.club.cause("note")
        )

        let told = try await talk.told()
        #expect(told.count == 1)
        for screen in told { try expectWithinLimits(screen) }
    }

    @Test(arguments: Stuff.allCases)
    func `several long recordings fit their captions`(stuff: Stuff) async throws {
        try await post(stuff)
        let podcast = try await talk.change(talk.podcast(1)) { podcast in
            let more = Recording(
                id: RecordingID(rawValue: "more"),
                posts: [Fixtures.post(99)],
                file: Fixtures.file("more", bot: .recorder)
            )
            podcast.recordings.append(more)
        }

        let seen = try await talk.taps(.play(podcast.id), .member)

        #expect(seen.sounds.count == 2)
        try expectWithinLimits(seen)
    }

    @Test(arguments: Stuff.allCases, Language.allCases)
    func `people with hostile names are written to and about`(stuff: Stuff, language: Language) async throws {
        let visitor = Visitor(id: 40, name: stuff.text(1_000), username: stuff.text(100), language: language)

        try expectWithinLimits(try await talk.says("/start", visitor))
        try expectWithinLimits(try await talk.taps(.askToJoin, visitor))
        try expectWithinLimits(try await talk.says("/start", visitor))
        let cards = try await talk.told()
        #expect(cards.count == 1)
        for card in cards { try expectWithinLimits(card) }
        try expectWithinLimits(try await talk.taps(.buttonApprove, of: try #require(cards.first), .owner))
        for welcome in try await talk.told() { try expectWithinLimits(welcome) }
        try expectWithinLimits(try await talk.says("/start", visitor))
    }

    @Test(arguments: Stuff.allCases)
    func `a browser with a hostile name is asked about`(stuff: Stuff) async throws {
        let started = try await talk.club.signIn.start(device: stuff.text(500), cause: talk.club.cause("browser"))

        let question = try await talk.says("/start login-\(started.payload)", .member)
        try expectWithinLimits(question)
        try expectWithinLimits(try await talk.taps(.buttonConfirm, of: question.screen, .member))
    }

    @Test func `no phrase for a toast is longer than a toast`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Moscow"))
        let refusals: [Refusal] = [
            .notSignedIn, .notAMember, .banned, .notAllowed, .notFound, .requestPending,
            .askAgainLater(Fixtures.start), .nothingToDecide, .wrongClaimCode, .alreadyClaimed, .alreadyLinked,
            .accountOfAdmin, .linkExpired, .hasAuthor, .nothingToPart, .whichEpisode, .nothingToSearch, .signInRefused,
            .signInExpired, .heardInMessengerOnly,
            .recordingOnItsWay,
        ]
        for language in Language.allCases {
            let texts =
                refusals.map { talk.club.phrases.text($0, language, zone: zone) }
                + [BotPhrase.toastSending, .toastStaleButton, .notPlayable].map { talk.label($0, language) }
            for text in texts {
                #expect((1...200).contains(text.unicodeScalars.count))
                #expect(!text.contains("<"), "a toast has no markup")
            }
        }
    }

    @Test(arguments: Stuff.allCases, Language.allCases)
    func `chapters, tags and inline results of long episodes are such that Telegram takes them`(
        stuff: Stuff,
        language: Language
    ) async throws {
        let visitor = language == .ru ? Visitor.member : .englishMember
        let linked = try BotTalk(talk.club, botAddress: "https://t.me/" + String(repeating: "b", count: 32))
        try await post(stuff)
        let podcast = try await talk.podcast(3)
        try await talk.change(podcast) { podcast in
            podcast.chapters = (0..<100).map { Chapter(start: .seconds($0 * 60), title: stuff.text(200)) }
        }
        let buttons: [Button] = [
            .episode(podcast.id, back: nil), .chapters(podcast.id, page: 0), .chapters(podcast.id, page: 4),
            .chapter(podcast.id, 99), .tags(0), .tags(5), .random(besides: nil),
        ]
        for button in buttons { try expectWithinLimits(try await linked.taps(button, visitor)) }

        let answer = try await linked.asks("", visitor)

        #expect(answer.results.count == 6)
        for result in answer.results {
            let content = try #require(result.inputMessageContent)
            #expect(try (1...TelegramText.messageLimit).contains(TelegramText(content.messageText).length))
            #expect((1...64).contains(result.id.utf8.count))
        }
    }
}
