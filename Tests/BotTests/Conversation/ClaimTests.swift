import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Becoming the owner by a code. The fixture's code is `s3cret`.
struct ClaimTests {
    let talk: BotTalk

    init() throws {
        talk = try BotTalk()
    }

    @Test(arguments: ["/claim s3cret", "/claim  S3CRET ", "/start claim-s3cret"])
    func `the code makes its bearer the owner, typed or by the link`(text: String) async throws {
        let screen = try await talk.says(text, .stranger).screen

        #expect(try screen.text == talk.words(.claimed, .ru, ["name": "Stas"]))
        let menu = [talk.label(.buttonLatest), talk.label(.buttonLibrary)]
        #expect(screen.labels == [menu, [talk.label(.buttonHelp)]])
        #expect(try await talk.member(.stranger).role == .owner)
        #expect(try await talk.club.hasOwner())
    }

    @Test(arguments: ["/claim wrong", "/claim", "/start claim-wrong", "/claim s3cret2"])
    func `another code makes nobody the owner`(text: String) async throws {
        let screen = try await talk.says(text, .stranger).screen

        #expect(try screen.text == talk.club.phrases.text(.wrongClaimCode, .ru, zone: .gmt))
        #expect(screen.rows.isEmpty)
        #expect(try await talk.club.hasOwner() == false)
        #expect(try await talk.club.directory.find(.telegram(Visitor.stranger.person.telegramID)) == nil)
    }

    @Test(arguments: ["/claim s3cret", "/claim wrong"])
    func `a club is claimed once`(text: String) async throws {
        _ = try await talk.says("/claim s3cret", .owner)

        let screen = try await talk.says(text, Visitor(id: 31, name: "Eve", language: .en)).screen

        #expect(try screen.text == talk.club.phrases.text(.alreadyClaimed, .en, zone: .gmt))
        #expect(try await talk.club.directory.admins().map(\.name) == ["Olga"])
    }

    @Test func `somebody who waits to be let in, and has another name since, claims the club as well`() async throws {
        _ = try await talk.taps(.askToJoin, .stranger)
        let renamed = Visitor(id: Visitor.stranger.id, name: "Stanislav")

        let screen = try await talk.says("/claim s3cret", renamed).screen

        #expect(try screen.text == talk.words(.claimed, .ru, ["name": "Stanislav"]))
        let owner = try await talk.member(renamed)
        #expect(owner.role == .owner)
        #expect(owner.isActive)
    }
}
