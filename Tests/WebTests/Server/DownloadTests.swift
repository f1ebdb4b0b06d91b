import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// What is counted as a download, by the bytes that are sent.
@Suite struct DownloadTests {
    private static let audio = Data((0..<6_000).map { UInt8(truncatingIfNeeded: $0) })
    private static let path = "/api/podcasts/podcast-0001/audio"
    private static let player = "Mozilla/5.0 (X11; Linux) Firefox/140.0"

    /// An episode of two minutes: a half of its file is a minute.
    private func open(_ club: WebClub) async throws -> [String: String] {
        var headers = try await club.signedIn(Fixtures.member())
        headers["User-Agent"] = Self.player
        var podcast = Fixtures.podcast()
        podcast.recordings[0].duration = .seconds(120)
        _ = try await club.keep(podcast, audio: Self.audio)
        return headers
    }

    private func fetch(_ club: WebClub, _ headers: [String: String], _ range: String? = nil) async throws {
        var headers = headers
        headers["Range"] = range
        let answer = try await club.http.send("GET", Self.path, headers: headers)
        #expect([200, 206].contains(answer.status))
    }

    private func count(_ club: WebClub) async throws -> Int {
        try await club.store.downloadCounts.find(.id(.episode(Fixtures.podcast().id)))?.count ?? 0
    }

    @Test func `the same program at the same address is one download in 24 hours`() async throws {
        try await WebClub.run { club in
            let headers = try await open(club)
            for _ in 1...3 { try await fetch(club, headers) }
            #expect(try await count(club) == 1)
            club.clock.advance(by: .seconds(86_400))
            let again = try await club.signedIn(Fixtures.member()).merging(["User-Agent": Self.player]) { $1 }
            try await fetch(club, again)
            #expect(try await count(club) == 2)
            let days = ["2026-06-01", "2026-06-02"].compactMap(ClubDay.init(rawValue:))
            for day in days {
                #expect(try await club.store.downloadCounts.find(.id(.club(on: day)))?.count == 1)
            }
        }
    }

    @Test func `parts count together from one minute of sound on`() async throws {
        try await WebClub.run { club in
            let headers = try await open(club)
            try await fetch(club, headers, "bytes=0-1")
            try await fetch(club, headers, "bytes=0-2899")
            #expect(try await count(club) == 0)
            try await fetch(club, headers, "bytes=2900-2999")
            #expect(try await count(club) == 1)
        }
    }

    @Test func `another program, and another address, is another download`() async throws {
        try await WebClub.run(trustedProxies: ["127.0.0.1"]) { club in
            let headers = try await open(club)
            let addresses = ["2001:db8:1:2::1", "2001:db8:1:2::ffff", "2001:db8:1:3::1", "192.0.2.1"]
            for address in addresses {
                try await fetch(club, headers.merging(["X-Forwarded-For": address]) { $1 })
            }
            #expect(try await count(club) == 3)
            try await fetch(club, headers.merging(["X-Forwarded-For": "192.0.2.1", "User-Agent": "Overcast/3"]) { $1 })
            #expect(try await count(club) == 4)
        }
    }

    @Test(arguments: ["curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1)", "facebookexternalhit/1.1", ""])
    func `robots are none`(agent: String) async throws {
        try await WebClub.run { club in
            let headers = try await open(club)
            try await fetch(club, headers.merging(["User-Agent": agent]) { $1 })
            #expect(try await count(club) == 0)
        }
    }

    @Test(arguments: [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
        "AppleCoreMedia/1.0.0.22F76 (iPhone; U; CPU OS 18_5 like Mac OS X; en_us)", "AntennaPod/3.8.0",
        "Pocket Casts", "Overcast/3.0 (+http://overcast.fm/; iOS podcast app)", "okhttp/4.12.0",
    ])
    func `players are none of the robots`(agent: String) throws {
        let robots = try KnownRobots(file: WebClub.resources.appending(path: "robot-agents.txt"))
        #expect(!robots.include(agent))
    }

    @Test func `asking about a file, and one that is known, is none`() async throws {
        try await WebClub.run { club in
            var headers = try await open(club)
            let head = try await club.http.send("HEAD", Self.path, headers: headers)
            headers["If-None-Match"] = head["etag"]
            #expect(try await club.http.send("GET", Self.path, headers: headers).status == 304)
            #expect(try await count(club) == 0)
        }
    }

    @Test func `no address is kept`() async throws {
        try await WebClub.run(trustedProxies: ["127.0.0.1"]) { club in
            let headers = try await open(club)
            try await fetch(club, headers.merging(["X-Forwarded-For": "192.0.2.77"]) { $1 })
            let reader = try await club.store.reader()
            for collection in StoredCollection.allCases {
                for record in try await reader.records(of: collection, after: nil, limit: 100) {
                    #expect(!String(decoding: record.json, as: UTF8.self).contains("192.0.2.77"))
                }
            }
            #expect(try await reader.count(of: .downloadHits) == 1)
        }
    }
}
