import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/progress`, `/xp`, `/top`, `/badges`, `/whois` and `/award`.
struct ProgressTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func award(_ text: String) async throws -> Seen {
        // So that the club knows the @name by which the admin calls them.
        _ = try await talk.says("/help", Visitor(id: Visitor.member.id, name: "Mark", username: "mark"))
        return try await talk.says("/award \(text)", .owner)
    }

    @Test func `what an admin gives stands in progress, history, board and card`() async throws {
        let member = try await talk.member(.member)
        _ = try await award("@mark 620 за <вклад>")
        let progress = try await talk.says("/progress", .member).screen.text
        #expect(progress.contains("620 XP"))
        #expect(progress.contains("▰▱▱▱▱▱▱▱▱▱"))
        #expect(progress.contains("880 XP"))
        #expect(try await talk.says("/xp", .member).screen.text.contains("за <вклад>"))
        #expect(try await talk.says("/top", .englishMember).screen.text.contains("🥇 Mark"))
        #expect(try await talk.says("/whois Mark", .englishMember).screen.text.contains("620 XP"))
        #expect(try await talk.says("/members", .englishMember).screen.text.contains("Mark"))
        let audit = try await talk.says("/audit", .owner).screen.text
        #expect(audit.contains("+620 XP: \(member.name)"))
    }

    @Test func `who hides is on no board and found by nobody but admins`() async throws {
        _ = try await award("@mark 620 за вклад")
        let screen = try await talk.says("/settings", .member).screen
        let label = talk.club.phrases.text(ProgressTalkPhrase.buttonHidden, .ru)
        _ = try await talk.handle(talk.tap(try screen.data("⬜️ \(label)"), by: .member))
        #expect(try await talk.member(.member).settings.isHidden)
        #expect(try await talk.says("/top", .englishMember).screen.text.contains("Mark") == false)
        #expect(try await talk.says("/whois Mark", .englishMember).screen.text.contains("620") == false)
        #expect(try await talk.says("/whois Mark", .owner).screen.text.contains("620 XP"))
    }

    @Test func `admins give badges by hand, and members cannot`() async throws {
        let id = try await talk.member(.member).id
        _ = try await talk.taps(.progress(.honour(id, .verifiedExpert, isHeld: true)), .owner)
        #expect(try await talk.club.store.badges.awards(of: [id])[id]?.map(\.badge) == [.verifiedExpert])
        let refused = try await talk.taps(.progress(.honour(id, .clubCouncil, isHeld: true)), .englishMember)
        #expect(refused.screens.isEmpty)
        #expect(try await talk.club.store.badges.awards(of: [id])[id]?.count == 1)
    }

    @Test func `every way to XP is explained`() async throws {
        let text = try await talk.taps(.progress(.ways), .member).screen.text
        for way in SeenPhrase.ways { #expect(text.contains(talk.club.phrases.text(way, .ru))) }
        let badges = try await talk.taps(.progress(.allBadges), .member).screen.text
        for badge in Badge.allCases {
            #expect(badges.contains(talk.club.phrases.text(SeenPhrase(howToGet: badge), .ru)))
        }
    }

    @Test(arguments: [
        ProgressButton.own, .history(page: 3), .ways, .board(.week, skipping: 20), .badges, .allBadges,
        .person(MemberID(rawValue: "abcdefgh2345")), .honours(MemberID(rawValue: "abcdefgh2345")),
        .honour(MemberID(rawValue: "abcdefgh2345"), .longTermHolder, isHeld: false),
    ])
    func `a button is read as it was written`(_ button: ProgressButton) {
        #expect(Button(data: button.data) == .progress(button))
        #expect(button.data.utf8.count <= Button.dataLimit)
    }

    @Test func `a level is told with its card where one can be painted, and in words where not`() async throws {
        let plain = await talk.composer.levelReached(.contributor, nil, in: ChatID(rawValue: 1))
        guard case .show(let screen) = plain else { return #expect(Bool(false)) }
        var composer = talk.composer
        let shelf = CardShelf(painter: OnePicture(), logger: talk.club.logger)
        composer.cards = shelf
        let new = await composer.levelReached(.contributor, nil, in: ChatID(rawValue: 1))
        #expect(new == .card(.new(card: "level:3:ru", png: OnePicture.data), screen))
        shelf.remember("file", of: "level:3:ru")
        let known = await composer.levelReached(.contributor, nil, in: ChatID(rawValue: 1))
        #expect(known == .card(.known(fileID: "file"), screen))
        #expect(new.call(in: ChatID(rawValue: 1)).asText != nil)
    }
}

/// Paints always the same.
private struct OnePicture: CardPainter {
    static let data = Data("png".utf8)

    func png(_ card: ProgressCard) async throws(CardFault) -> Data { Self.data }
}
