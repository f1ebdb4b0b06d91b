import Foundation
import Testing

@testable import Sandbox

@Suite struct AlbumTests {
    private static let chat = "\(ClubStage.member)"
    private static let uploads = [
        "a": Upload(key: 21, size: 5, name: "a.mp3"), "b": Upload(key: 22, size: 6, name: "b.mp3"),
        "v": Upload(key: 23, size: 7, name: "v.mp4"),
    ]

    @Test func `an album is sent whole, every part with its caption`() throws {
        var stage = try ClubStage()
        let media =
            #"[{"type":"audio","media":"attach://a","caption":"<b>One</b>","parse_mode":"HTML"},{"type":"audio","media":"attach://b","title":"T"}]"#
        let sent = try #require(
            stage.result(.sendMediaGroup, ["chat_id": Self.chat, "media": media], uploads: Self.uploads)?.elements
        )
        #expect(sent.map { $0.at("audio.file_name")?.string } == ["a.mp3", "b.mp3"])
        #expect(sent[0].at("caption_entities.0.type") == "bold")
        #expect(sent[1].at("audio.title") == "T")
        let groups = Set(sent.map { $0["media_group_id"]?.string })
        #expect(groups.count == 1 && groups.first != .some(nil))
    }

    @Test(
        arguments: [
            ("x", "can't parse media JSON object"), ("[]", "there are no messages to send"),
            (#"["x"]"#, "can't parse InputMedia: expected an Object"),
            (#"[{"type":"audio"}]"#, "can't parse InputMedia: media not found"),
            (#"[{"type":"voice","media":"attach://a"}]"#, "can't parse InputMedia: unsupported type specified"),
            (
                #"[{"type":"audio","media":"attach://a"},{"type":"video","media":"attach://v"}]"#,
                "audio can't be mixed with other media types"
            ),
            (
                "[" + Array(repeating: #"{"type":"audio","media":"attach://a"}"#, count: 11).joined(separator: ",")
                    + "]",
                "too many messages to send as an album"
            ),
        ]
    )
    func `a wrong album is refused and leaves nothing behind`(_ media: String, _ error: String) throws {
        var stage = try ClubStage()
        let values = ["chat_id": Self.chat, "media": media]
        #expect(stage.failure(.sendMediaGroup, values, uploads: Self.uploads) == "Bad Request: " + error)
        #expect(stage.world.files.isEmpty)
        #expect(stage.world.chats[ClubStage.memberChat]?.messages.isEmpty == true)
    }

    @Test func `bots hear of a person's album in the order that was asked for`() throws {
        var stage = try ClubStage()
        let drafts = (0..<3).map { index in
            let upload = Upload(key: Int64(50 + index), size: 9, name: "\(index).mp3", mediaType: "audio/mpeg")
            return Draft(content: .upload(NewFile(upload: upload, kind: .audio), caption: index == 2 ? "Title" : ""))
        }
        let written = try stage.world.write(
            album: drafts,
            order: [2, 0, 1],
            by: ClubStage.poster,
            in: ClubStage.channel,
            now: stage.now
        )
        let posts = stage.updates().compactMap { $0["channel_post"] }
        #expect(posts.map { $0.at("audio.file_name")?.string } == ["2.mp3", "0.mp3", "1.mp3"])
        #expect(posts.map { $0["caption"]?.string } == ["Title", nil, nil])
        #expect(Set(posts.map { $0["media_group_id"]?.string }).count == 1)
        #expect(posts[1]["message_id"]?.integer == Int64(written[0].id))
    }

    @Test func `a part that is refused takes the whole album back`() throws {
        var stage = try ClubStage()
        let good = NewFile(upload: Upload(key: 61, size: 9, name: "a.mp3"), kind: .audio)
        let empty = NewFile(upload: Upload(key: 62, size: 0, name: "b.mp3"), kind: .audio)
        let drafts = [good, empty].map { Draft(content: .upload($0, caption: "")) }
        #expect(throws: ActRefused.invalid("The file is empty.")) {
            try stage.world.write(
                album: drafts,
                order: [0, 1],
                by: ClubStage.poster,
                in: ClubStage.channel,
                now: stage.now
            )
        }
        #expect(stage.world.files.isEmpty)
        #expect(stage.updates().isEmpty)
    }

    @Test func `an album comes over HTTP with a file for each part`() async throws {
        try await SandboxClient.run { client in
            let answer = try await client.upload(
                "/sandbox/chats/\(SandboxClub.channelID)/albums",
                [
                    "as": "\(SandboxClub.posterID)",
                    "parts": #"[{"kind":"audio","file":"same"},{"kind":"audio","caption":"c","file":"same"}]"#,
                ],
                file: ("same", "song.mp3", Data([1, 2, 3]))
            )
            let messages = try #require(answer.json?["messages"]?.elements)
            #expect(messages.map { $0.at("message.caption")?.string } == [nil, "c"])
        }
    }
}
