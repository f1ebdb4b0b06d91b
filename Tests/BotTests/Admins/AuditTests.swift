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
