import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/audit`: who did what.
struct AuditTests {
    let talk: BotTalk
    private let zone: TimeZone

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        zone = try await talk.club.library.zone()
    }

    private func decide(_ number: Int64, isApproved: Bool) async throws {
        let visitor = Visitor(id: 100 + number, name: "Guest \(number)")
        _ = try await talk.taps(.askToJoin, visitor)
        let id = try await talk.member(visitor).id
        talk.club.clock.advance(by: .seconds(60))
        _ = try await talk.taps(.decide(id, isApproved: isApproved), .owner)
    }

    private func line(_ action: AuditAction, _ subject: String) throws -> String {
        let event = try #require(talk.club.phrases.text(key: action.phraseKey, .ru, ["subject": subject]))
        let time = Phrasebook.moment(talk.club.clock.now, language: .ru, zone: zone)
        return try talk.words(AdminPhrase.auditLine, .ru, ["time": time, "actor": "Olga", "event": event])
    }

    @Test func `a journal without entries says so`() async throws {
        #expect(try await talk.says("/audit", .owner).screen.text == talk.words(AdminPhrase.auditEmpty))
    }

    @Test func `an entry tells when, who and whom`() async throws {
        try await decide(1, isApproved: false)

        let screen = try await talk.says("/audit", .owner).screen

        #expect(try screen.text.contains(line(.joinDeclined, "Guest 1")))
        #expect(screen.rows.isEmpty)
    }

    private func title(_ action: AuditAction, _ title: String, _ arguments: [String: String] = [:]) throws -> String {
        let all = arguments.merging(["subject": title]) { own, _ in own }
        return try #require(talk.club.phrases.text(key: action.phraseKey, .ru, all))
    }

    @Test func `what is done to an episode is told with its title`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        _ = try await talk.says("/unpublish \(podcast.id)", .owner)
        _ = try await talk.says("/publish \(podcast.id)", .owner)
        _ = try await talk.says("/mine \(podcast.id)", .owner)

        let text = try await talk.says("/audit", .owner).screen.text

        for action in [AuditAction.episodeUnpublished, .episodePublished, .episodeClaimed] {
            #expect(try text.contains(line(action, "Pilot")))
        }
    }

    @Test func `a command in the recording channel is told as the channel's`() async throws {
        try await talk.post(1, "Pilot")
        let post: [String: Any] = [
            "message_id": 2, "date": 1, "chat": ["id": Fixtures.channel.rawValue, "type": "channel"],
            "text": "/unpublish", "reply_to_message": ["message_id": 1, "date": 1],
        ]
        _ = try await talk.handle(talk.update("channel_post", post))

        let text = try await talk.says("/audit", .owner).screen.text

        let event = try title(.episodeUnpublished, "Pilot")
        #expect(text.contains("\(talk.club.phrases.text(AdminPhrase.auditChannel, .ru))\n\(event)"))
    }

    @Test func `markup in a name stays text`() async throws {
        let visitor = Visitor(id: 300, name: "<b>{actor}&")
        _ = try await talk.taps(.askToJoin, visitor)
        _ = try await talk.taps(.decide(try await talk.member(visitor).id, isApproved: true), .owner)

        #expect(try await talk.says("/audit", .owner).screen.text.contains("<b>{actor}&"))
    }

    @Test func `it is turned page by page and back to the newest`() async throws {
        for number in Int64(1)...12 { try await decide(number, isApproved: true) }

        let first = try await talk.says("/audit", .owner).screen
        #expect(first.labels == [[talk.label(BotPhrase.buttonOlder)]])
        let second = try await talk.taps(BotPhrase.buttonOlder, of: first, .owner)
        #expect(try second.screen.changed == BotTalk.tapped)
        #expect(try second.screen.labels == [[talk.label(BotPhrase.buttonNewer)]])
        #expect(try second.screen.text.contains("Guest 2"))
        #expect(try !second.screen.text.contains("Guest 3"))
        let again = try await talk.taps(BotPhrase.buttonNewer, of: second.screen, .owner)
        #expect(try again.screen.source == first.source)
    }

    @Test func `a member does not get it, by command or by a forged button`() async throws {
        let refusal = talk.club.phrases.text(.notAllowed, .ru, zone: zone)
        #expect(try await talk.says("/audit", .member).screen.text == refusal)
        #expect(try await talk.taps(.admin(.audit(after: nil)), .member).toast.text == refusal)
    }
}
