import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct MediaAddressTests {
    /// An episode with a file, and the address that a member was given for it.
    private static func address(_ club: WebClub) async throws -> String {
        let headers = try await club.signedIn(Fixtures.member())
        let podcast = try await club.keep(Fixtures.podcast(), audio: Data("sound".utf8))
        let answer = try await club.http.send("GET", "/api/podcasts/\(podcast.id)", headers: headers)
        return try #require(answer.json["audio_url"] as? String)
    }

    @Test func `a player without cookies hears by a signed address, ranges and all`() async throws {
        try await WebClub.run { club in
            let address = try await Self.address(club)
            let answer = try await club.http.send("GET", address)
            #expect(answer.status == 200)
            #expect(answer.text == "sound")
            let part = try await club.http.send("GET", address, headers: ["Range": "bytes=1-2"])
            #expect(part.status == 206)
            #expect(part.text == "ou")
        }
    }

    @Test(arguments: [(Membership.banned, "banned"), (.left, "not_a_member"), (.pending, "not_a_member")])
    func `it dies as soon as the member is no active one`(membership: Membership, code: String) async throws {
        try await WebClub.run { club in
            let address = try await Self.address(club)
            try await club.keep(Fixtures.member(membership: membership))
            let answer = try await club.http.send("GET", address)
            #expect(answer.status == 403)
            #expect(answer.errorCode == code)
        }
    }

    @Test func `it is good for an hour at least and for two at most`() async throws {
        try await WebClub.run { club in
            let address = try await Self.address(club)
            club.clock.advance(by: .seconds(3600))
            #expect(try await club.http.send("GET", address).status == 200)
            club.clock.advance(by: .seconds(3600))
            let answer = try await club.http.send("GET", address)
            #expect(answer.status == 403)
            #expect(answer.errorCode == "bad_address")
        }
    }

    @Test func `it opens its own file for its own member, and nothing that was changed in it`() async throws {
        try await WebClub.run { club in
            let address = try await Self.address(club)
            try await club.keep(Fixtures.member(2))
            _ = try await club.keep(Fixtures.podcast(2), audio: Data("other".utf8))
            let expires = try #require(address.firstMatch(of: /expires=([0-9]+)/)).1
            let changed = [
                address.replacing("podcast-0001", with: "podcast-0002"),
                address.replacing("/api/podcasts/podcast-0001", with: "/api/recordings/recording-1"),
                address.replacing("member-1", with: "member-2"),
                address.replacing("expires=\(expires)", with: "expires=9\(expires)"),
                address.replacing("expires=\(expires)", with: "expires=x"),
                address + "A", String(address.dropLast()),
                address.replacing("expires=\(expires)&", with: ""), address.replacing("member=member-1&", with: ""),
            ]
            for path in changed {
                let answer = try await club.http.send("GET", path)
                #expect(answer.status == 403, "\(path)")
                #expect(answer.errorCode == "bad_address", "\(path)")
            }
            let unsigned = try #require(address.split(separator: "?").first)
            #expect(try await club.http.send("GET", String(unsigned)).status == 401)
        }
    }

    @Test func `who is signed in needs no signature`() async throws {
        try await WebClub.run { club in
            let address = try await Self.address(club)
            let headers = try await club.signedIn(Fixtures.member(2))
            club.clock.advance(by: .seconds(3 * 3600))
            #expect(try await club.http.send("GET", address, headers: headers).status == 200)
        }
    }
}
