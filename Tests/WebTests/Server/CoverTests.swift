import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct CoverTests {
    private static let picture = Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])
    private static let path = "/api/podcasts/podcast-0001/cover"

    /// Stores an episode with a picture.
    private func keep(_ podcast: Podcast, in club: WebClub) async throws {
        let incoming = try club.media.incoming("cover")
        try Self.picture.write(to: incoming)
        let stored = try await club.media.adopt(incoming)
        var podcast = podcast
        var cover = Cover(
            fileUniqueID: FileUniqueID(rawValue: "photo"),
            fileID: "photo-for-club",
            bot: .club,
            announcedBytes: nil
        )
        cover.media = .stored(stored.key, bytes: stored.bytes)
        podcast.cover = cover
        try await club.keep(podcast)
    }

    @Test func `an episode's page and the API lead to its picture`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await keep(Fixtures.podcast(), in: club)
            let episode = try await club.http.send("GET", "/api/podcasts/podcast-0001", headers: headers)
            let address = try #require(episode.json["cover_url"] as? String)
            let page = try await club.http.send("GET", "/podcast/podcast-0001", headers: headers)
            let picture = try await club.http.send("GET", address)

            #expect(page.text.contains("<img src=\"\(Self.path)?expires="))
            #expect(picture.status == 200)
            #expect(picture.body == Self.picture)
            #expect(picture["content-type"] == "image/jpeg")
            #expect(picture["x-content-type-options"] == "nosniff")
        }
    }

    @Test func `a browser that has the picture does not get it again`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            try await keep(Fixtures.podcast(), in: club)
            headers["If-None-Match"] = try await club.http.send("GET", Self.path, headers: headers)["etag"]
            let answer = try await club.http.send("GET", Self.path, headers: headers)

            #expect(answer.status == 304)
            #expect(answer.body.isEmpty)
        }
    }

    @Test func `without a picture, or for strangers, there is none`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast(2))
            try await keep(Fixtures.podcast(1, status: .unpublished), in: club)
            let none = "/api/podcasts/podcast-0002/cover"

            #expect(try await club.http.send("GET", none, headers: headers).status == 404)
            #expect(try await club.http.send("GET", Self.path, headers: headers).status == 404)
            #expect(try await club.http.send("GET", Self.path).status == 401)
        }
    }
}
