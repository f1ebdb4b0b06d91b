import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct PodcastAPITests {
    private static func ids(_ answer: RawHTTP.Answer) -> [String] {
        (answer.json["items"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
    }

    @Test func `the library is listed newest first, page by page, without gaps and doubles`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            for number in 1...7 { try await club.keep(Fixtures.podcast(Int64(number))) }
            try await club.keep(Fixtures.podcast(8, status: .draft))
            var seen: [String] = []
            var path = "/api/podcasts?limit=3"
            for _ in 1...3 {
                let answer = try await club.http.send("GET", path, headers: headers)
                #expect(answer.status == 200)
                seen += Self.ids(answer)
                guard let cursor = answer.json["next_cursor"] as? String else { break }
                path = "/api/podcasts?limit=3&cursor=\(FormFields.encoded(cursor))"
            }
            #expect(seen == (1...7).reversed().map { "podcast-000\($0)" })
        }
    }

    @Test func `the last page has no cursor to go on from`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            let answer = try await club.http.send("GET", "/api/podcasts", headers: headers)
            #expect(answer.json["next_cursor"] is NSNull)
        }
    }

    @Test(arguments: [
        ("q=%D1%91%D0%BB", ["podcast-0001"]), ("q=%D0%95%D0%9B+%D0%BD%D0%BE%D1%87", ["podcast-0001"]),
        ("tag=Sound", ["podcast-0002"]), ("tag=%23sound", ["podcast-0002"]), ("q=nothing", []),
        ("q=&tag=&cursor=&limit=", ["podcast-0002", "podcast-0001"]),
    ])
    func `words and tags find episodes`(query: String, found: [String]) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast(1, title: "Ёлка ночью"))
            try await club.keep(Fixtures.podcast(2, title: "Other", tags: ["sound"]))
            let answer = try await club.http.send("GET", "/api/podcasts?\(query)", headers: headers)
            #expect(answer.status == 200)
            #expect(Self.ids(answer) == found)
        }
    }

    @Test(arguments: [
        ("limit=0", "invalid_field", "limit"), ("limit=101", "invalid_field", "limit"),
        ("limit=ten", "invalid_field", "limit"), ("limit=-1", "invalid_field", "limit"),
        ("limit=99999999999999999999", "invalid_field", "limit"), ("cursor=nonsense", "invalid_field", "cursor"),
        ("cursor=1", "invalid_field", "cursor"), ("cursor=x.y", "invalid_field", "cursor"),
        ("cursor=99999999999999999999.a", "invalid_field", "cursor"), ("cursor=%00", "invalid_field", "cursor"),
        ("q=!!!", "nothing_to_search", nil), ("q=%FF", "malformed_query", nil), ("%", "malformed_query", nil),
    ])
    func `nonsense in a query is refused, and the field is named`(
        query: String,
        code: String,
        field: String?
    ) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let answer = try await club.http.send("GET", "/api/podcasts?\(query)", headers: headers)
            #expect(answer.status == 400)
            #expect(answer.errorCode == code)
            #expect(answer.errorField == field)
        }
    }

    @Test func `an episode tells everything about itself in snake case and UTC`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let draft = Fixtures.podcast(summary: "About", tags: ["a", "b"])
            let podcast = try await club.keep(draft, audio: Data("sound".utf8))
            let answer = try await club.http.send("GET", "/api/podcasts/\(podcast.id)", headers: headers)
            #expect(answer["content-type"] == "application/json; charset=utf-8")
            #expect(answer["cache-control"] == "no-store")
            #expect(answer.json["title"] as? String == "Title 1")
            #expect(answer.json["summary"] as? String == "About")
            #expect(answer.json["tags"] as? [String] == ["a", "b"])
            #expect(answer.json["status"] as? String == "published")
            #expect(answer.json["published_at"] as? String == "2026-06-01T12:00:01Z")
            #expect(answer.json["duration_seconds"] as? Int == 60)
            let recording = try #require((answer.json["recordings"] as? [[String: Any]])?.first)
            #expect(recording["availability"] as? String == "ready")
            #expect(recording["media_type"] as? String == "audio/ogg")
            #expect(recording["bytes"] as? Int == 5)
            #expect((recording["audio_url"] as? String)?.hasPrefix("/api/recordings/recording-1/audio?") == true)
        }
    }

    @Test func `an author is told by name, and as a member where it is known who it is`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            var authored = Fixtures.podcast(1)
            authored.authorName = "Vera"
            authored.authorID = MemberID(rawValue: "vera-1")
            authored.signature = "Channel"
            try await club.keep(authored)
            var signed = Fixtures.podcast(2)
            signed.signature = "Channel"
            try await club.keep(signed)
            try await club.keep(Fixtures.podcast(3))
            let answer = try await club.http.send("GET", "/api/podcasts", headers: headers)
            let items = try #require(answer.json["items"] as? [[String: Any]])
            #expect(items[2]["author"] as? [String: String] == ["user_id": "vera-1", "name": "Vera"])
            #expect(items[1]["author"] as? [String: String] == ["name": "Channel"])
            #expect(items[0]["author"] == nil)
        }
    }

    @Test(arguments: [
        (Recording.Media.awaited, "on_its_way", "recording_on_its_way"),
        (.messengerOnly(.tooLarge), "messenger_only", "heard_in_messenger_only"),
        (.messengerOnly(.onlyPostKnown), "messenger_only", "heard_in_messenger_only"),
    ])
    func `a file that is not here is told as such`(
        media: Recording.Media,
        availability: String,
        code: String
    ) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast(media: media))
            let answer = try await club.http.send("GET", "/api/podcasts/podcast-0001", headers: headers)
            let recording = try #require((answer.json["recordings"] as? [[String: Any]])?.first)
            #expect(recording["availability"] as? String == availability)
            #expect(recording["audio_url"] == nil)
            #expect(answer.json["audio_url"] == nil)
            for path in ["/api/podcasts/podcast-0001/audio", "/api/recordings/recording-1/audio"] {
                let audio = try await club.http.send("GET", path, headers: headers)
                #expect(audio.status == 409)
                #expect(audio.errorCode == code)
            }
        }
    }

    @Test(arguments: [
        "nope", "%00", "..%2F..%2Fetc%2Fpasswd", "podcast-0001%20", String(repeating: "a", count: 4_000),
    ])
    func `an unknown id is not found`(id: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            for path in ["/api/podcasts/\(id)", "/api/podcasts/\(id)/audio", "/api/recordings/\(id)/audio"] {
                let answer = try await club.http.send("GET", path, headers: headers)
                #expect(answer.status == 404)
                #expect(answer.errorCode == "not_found")
            }
        }
    }

    @Test func `people, number and chapters of an episode are told, the chapters in their order`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            var podcast = Fixtures.podcast()
            podcast.people = ["anna"]
            (podcast.season, podcast.episode) = (2, 5)
            podcast.chapters = [
                Chapter(start: .zero, title: "Beginning"), Chapter(start: .milliseconds(90_500), title: "End"),
            ]
            try await club.keep(podcast)
            let one = try await club.http.send("GET", "/api/podcasts/podcast-0001", headers: headers)
            #expect(one.json["people"] as? [String] == ["anna"])
            #expect(one.json["season"] as? Int == 2)
            #expect(one.json["episode"] as? Int == 5)
            let answer = try await club.http.send("GET", "/api/podcasts/podcast-0001/chapters", headers: headers)
            let items = try #require(answer.json["items"] as? [[String: Any]])
            #expect(items.map { $0["start_seconds"] as? Double } == [0, 90.5])
            #expect(items.map { $0["title"] as? String } == ["Beginning", "End"])
            #expect(answer.json["next_cursor"] is NSNull)
        }
    }

    @Test func `chapters of an episode that a member may not see are not told`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast(status: .unpublished))
            let answer = try await club.http.send("GET", "/api/podcasts/podcast-0001/chapters", headers: headers)
            #expect(answer.status == 404)
            #expect(try await club.http.send("GET", "/api/podcasts/podcast-0001/chapters").status == 401)
        }
    }
}
