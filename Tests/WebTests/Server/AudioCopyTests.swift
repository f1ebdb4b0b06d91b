import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// Recordings of which there is a copy for browsers.
@Suite struct AudioCopyTests {
    private static let original = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
    private static let copy = Data((0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) })
    private static let paths = ["/api/podcasts/podcast-0001/audio", "/api/recordings/recording-1/audio"]

    /// Stores an episode with its file and a copy of it.
    private static func keep(in club: WebClub, fileName: String? = nil) async throws -> Podcast {
        let incoming = try club.media.incoming("copy")
        try copy.write(to: incoming)
        let stored = try await club.media.adopt(incoming)
        var podcast = Fixtures.podcast(title: "Pilot")
        podcast.recordings[0].fileName = fileName
        var rendition = try Fixtures.rendition(bytes: stored.bytes)
        rendition.key = stored.key
        podcast.recordings[0].preparation = .ready(rendition)
        return try await club.keep(podcast, audio: original)
    }

    @Test(arguments: paths) func `the copy is served, and the original where it is asked for`(path: String) async throws
    {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await Self.keep(in: club)
            let copy = try await club.http.send("GET", path, headers: member)
            #expect(copy.status == 200)
            #expect(copy.body == Self.copy)
            #expect(copy["content-type"] == "audio/mp4")
            #expect(copy["content-disposition"]?.contains("Pilot.m4a") == true)
            let original = try await club.http.send("GET", path + "?format=original", headers: member)
            #expect(original.status == 200)
            #expect(original.body == Self.original)
            #expect(original["content-type"] == "audio/ogg")
            #expect(original["content-disposition"]?.contains("Pilot.ogg") == true)
            for (query, answer) in [("", copy), ("?format=original", original)] {
                let head = try await club.http.send("HEAD", path + query, headers: member)
                #expect(head.body.isEmpty)
                for name in ["content-length", "content-type", "etag", "accept-ranges"] {
                    #expect(head[name] == answer[name], "\(name)")
                }
            }
        }
    }

    @Test func `parts of the copy and parts of the original are never joined`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await Self.keep(in: club)
            let path = Self.paths[0]
            let tag = try #require(try await club.http.send("HEAD", path + "?format=original", headers: member)["etag"])
            let range = ["Range": "bytes=100-199"]
            let part = try await club.http.send("GET", path, headers: member.merging(range) { $1 })
            #expect(part.status == 206)
            #expect(part["content-range"] == "bytes 100-199/300")
            #expect(part.body == Self.copy.subdata(in: 100..<200))
            let other = range.merging(["If-Range": tag]) { $1 }
            let whole = try await club.http.send("GET", path, headers: member.merging(other) { $1 })
            #expect(whole.status == 200)
            #expect(whole.body == Self.copy)
            let known = try await club.http.send("GET", path, headers: member.merging(["If-None-Match": tag]) { $1 })
            #expect(known.status == 200)
        }
    }

    @Test func `the copy of a named file keeps the name with another ending`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await Self.keep(in: club, fileName: "talk.v2.flac")
            let answer = try await club.http.send("HEAD", Self.paths[1], headers: member)
            #expect(answer["content-disposition"]?.contains("talk.v2.m4a") == true)
        }
    }

    @Test(arguments: ["flac", "Original", "original%00"]) func `another format is refused`(format: String) async throws
    {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await Self.keep(in: club)
            let answer = try await club.http.send("GET", Self.paths[0] + "?format=" + format, headers: member)
            #expect(answer.status == 400)
        }
    }

    @Test func `an episode names both files, the copy's type and the waveform; a list does not`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            let podcast = try await Self.keep(in: club)
            let one = try await club.http.send("GET", "/api/podcasts/podcast-0001", headers: member)
            let recording = try #require((one.json["recordings"] as? [[String: Any]])?.first)
            #expect(recording["audio_media_type"] as? String == "audio/mp4")
            #expect(recording["media_type"] as? String == "audio/ogg")
            let waveform = podcast.recordings[0].rendition?.waveform.peaks.map(Int.init)
            #expect(recording["waveform"] as? [Int] == waveform)
            let audio = try #require(recording["audio_url"] as? String)
            let original = try #require(recording["original_url"] as? String)
            #expect(try await club.http.send("GET", audio).body == Self.copy)
            #expect(try await club.http.send("GET", original).body == Self.original)
            let list = try await club.http.send("GET", "/api/podcasts", headers: member)
            #expect(!String(decoding: list.body, as: UTF8.self).contains("waveform"))
        }
    }

    @Test func `whoever listens when the copy comes goes on with the original`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await club.keep(Fixtures.podcast(title: "Pilot"), audio: Self.original)
            let one = try await club.http.send("GET", "/api/podcasts/podcast-0001", headers: member)
            let address = try #require(one.json["audio_url"] as? String)
            _ = try await Self.keep(in: club)
            #expect(try await club.http.send("GET", address).body == Self.original)
        }
    }

    @Test func `the page plays the copy, draws the waveform, and keeps the original for a download`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await Self.keep(in: club)
            let page = String(
                decoding: try await club.http.send("GET", "/podcast/podcast-0001", headers: member).body,
                as: UTF8.self
            )
            let source = try #require(page.firstMatch(of: /<audio [^>]*src="([^"]*)"/)?.1)
            #expect(!source.contains("format="))
            let download = try #require(page.firstMatch(of: /class="download" href="([^"]*)"/)?.1)
            #expect(download.contains("?format=original&"))
            #expect(page.contains("<svg class=\"wave\""))
        }
    }
}
