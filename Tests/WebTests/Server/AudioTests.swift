import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct AudioTests {
    private static let audio = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
    private static let path = "/api/podcasts/podcast-0001/audio"

    @Test func `the whole file comes with what a player needs to know`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let podcast = try await club.keep(Fixtures.podcast(title: "Ночь/день"), audio: Self.audio)
            guard case .stored(let key, _) = podcast.recordings[0].media else { throw RequestFault.unavailable }
            let answer = try await club.http.send("GET", Self.path, headers: headers)
            #expect(answer.status == 200)
            #expect(answer.body == Self.audio)
            #expect(answer["content-type"] == "audio/ogg")
            #expect(answer["content-length"] == "1000")
            #expect(answer["accept-ranges"] == "bytes")
            #expect(answer["etag"] == "\"\(key)\"")
            #expect(answer["cache-control"] == "private, no-cache")
            let name = try #require(answer["content-disposition"])
            #expect(name.hasSuffix("''%D0%9D%D0%BE%D1%87%D1%8C-%D0%B4%D0%B5%D0%BD%D1%8C.ogg"))
        }
    }

    @Test func `HEAD answers as GET does, without the body`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            _ = try await club.keep(Fixtures.podcast(), audio: Self.audio)
            for range in [nil, "bytes=10-19", "bytes=5000-"] {
                headers["Range"] = range
                let get = try await club.http.send("GET", Self.path, headers: headers)
                let head = try await club.http.send("HEAD", Self.path, headers: headers)
                #expect(head.status == get.status)
                #expect(head.body.isEmpty)
                for name in ["content-length", "content-range", "content-type", "etag", "accept-ranges"] {
                    #expect(head[name] == get[name], "\(name)")
                }
            }
        }
    }

    @Test(arguments: [
        ("bytes=0-0", 206, "bytes 0-0/1000", 0..<1), ("bytes=100-199", 206, "bytes 100-199/1000", 100..<200),
        ("bytes=990-", 206, "bytes 990-999/1000", 990..<1000), ("bytes=-10", 206, "bytes 990-999/1000", 990..<1000),
        ("bytes=-5000", 206, "bytes 0-999/1000", 0..<1000), ("bytes=999-5000", 206, "bytes 999-999/1000", 999..<1000),
        ("bytes=0-1,5-6", 200, nil, 0..<1000), ("bytes=9-1", 200, nil, 0..<1000), ("lines=1-2", 200, nil, 0..<1000),
    ])
    func `a range of the file comes alone`(
        range: String,
        status: Int,
        contentRange: String?,
        bytes: Range<Int>
    ) async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            _ = try await club.keep(Fixtures.podcast(), audio: Self.audio)
            headers["Range"] = range
            let answer = try await club.http.send("GET", Self.path, headers: headers)
            #expect(answer.status == status)
            #expect(answer["content-range"] == contentRange)
            #expect(answer["content-length"] == String(bytes.count))
            #expect(answer.body == Self.audio.subdata(in: bytes))
        }
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
    func `a range that is not there is refused with the file's length`(range: String) async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            _ = try await club.keep(Fixtures.podcast(), audio: Self.audio)
            headers["Range"] = range
            let answer = try await club.http.send("GET", Self.path, headers: headers)
            #expect(answer.status == 416)
            #expect(answer["content-range"] == "bytes */1000")
            #expect(answer.errorCode == "range_not_satisfiable")
        }
    }

    @Test func `a client that has the file is told so, and a range of another file is not mixed in`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member())
            _ = try await club.keep(Fixtures.podcast(), audio: Self.audio)
            let tag = try #require(try await club.http.send("HEAD", Self.path, headers: member)["etag"])
            func status(_ headers: [String: String]) async throws -> Int {
                try await club.http.send("GET", Self.path, headers: member.merging(headers) { $1 }).status
            }
            #expect(try await status(["If-None-Match": tag]) == 304)
            #expect(try await status(["If-None-Match": "\"other\", W/\(tag)"]) == 304)
            #expect(try await status(["If-None-Match": "\"other\""]) == 200)
            #expect(try await status(["If-Range": tag, "Range": "bytes=0-9"]) == 206)
            #expect(try await status(["If-Range": "\"other\"", "Range": "bytes=0-9"]) == 200)
            #expect(try await status(["If-Range": "\"other\"", "Range": "bytes=5000-"]) == 200)
            #expect(try await status(["If-Range": "Mon, 01 Jun 2026 12:00:00 GMT", "Range": "bytes=0-9"]) == 200)
        }
    }

    @Test func `an empty file is answered too`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            _ = try await club.keep(Fixtures.podcast(), audio: Data())
            #expect(try await club.http.send("GET", Self.path, headers: headers).status == 200)
            headers["Range"] = "bytes=0-"
            #expect(try await club.http.send("GET", Self.path, headers: headers).status == 416)
        }
    }

    @Test func `a large file comes whole`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let large = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
            _ = try await club.keep(Fixtures.podcast(), audio: large)
            #expect(try await club.http.send("GET", Self.path, headers: headers).body == large)
        }
    }

    @Test func `a file that has gone from the disk is no broken answer`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let podcast = try await club.keep(Fixtures.podcast(), audio: Self.audio)
            guard case .stored(let key, _) = podcast.recordings[0].media else { throw RequestFault.unavailable }
            let file = try #require(club.media.file(key))
            try Data("short".utf8).write(to: file)
            #expect(try await club.http.send("GET", Self.path, headers: headers).status == 503)
            try FileManager.default.removeItem(at: file)
            let answer = try await club.http.send("GET", Self.path, headers: headers)
            #expect(answer.status == 503)
            #expect(answer.errorCode == "unavailable")
            #expect(!answer.text.contains(key.rawValue))
        }
    }

    @Test func `of several recordings the ready one is heard, and each has its own address`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            var podcast = try await club.keep(Fixtures.podcast(), audio: Self.audio)
            var awaited = Recording(
                id: RecordingID(rawValue: "awaited"),
                posts: [Fixtures.post(9)],
                file: Fixtures.file("file-9")
            )
            awaited.media = .awaited
            podcast.recordings.insert(awaited, at: 0)
            try await club.keep(podcast)
            #expect(try await club.http.send("GET", Self.path, headers: headers).body == Self.audio)
            let own = try await club.http.send("GET", "/api/recordings/awaited/audio", headers: headers)
            #expect(own.errorCode == "recording_on_its_way")
        }
    }
}
