import Foundation
import Testing

@testable import Sandbox

@Suite struct MediaTests {
    private static let chat = "\(ClubStage.member)"
    private static let song = Upload(key: 11, size: 900, name: "a song.mp3", mediaType: "audio/mpeg")

    @Test func `an uploaded audio file keeps its names`() throws {
        var stage = try ClubStage()
        let sent = stage.result(
            .sendAudio,
            ["chat_id": Self.chat, "duration": "61", "title": "T", "performer": "P", "caption": "c"],
            uploads: ["audio": Self.song]
        )
        let audio = try #require(sent?["audio"])
        let names = try #require(audio.members?.map(\.name))
        #expect(
            names == [
                "duration", "file_name", "mime_type", "title", "performer", "file_id", "file_unique_id", "file_size",
            ]
        )
        #expect(audio["duration"] == 61)
        #expect(audio["file_name"] == "a song.mp3")
        #expect(sent?["caption"] == "c")
    }

    @Test(
        arguments: [
            ("a.OGG", "application/octet-stream", "audio/ogg"), ("a.unknown", "x/y", "x/y"),
            ("plain", nil, "application/octet-stream"),
        ] as [(String, String?, String)]
    )
    func `a bot's upload has the type that its name tells`(_ name: String, _ given: String?, _ type: String) throws {
        var stage = try ClubStage()
        let file = Upload(key: 5, size: 1, name: name, mediaType: given)
        let sent = stage.result(.sendDocument, ["chat_id": Self.chat], uploads: ["document": file])
        #expect(sent?.at("document.mime_type")?.string == type)
    }

    @Test func `a file that is sent again by its id stays the same file`() throws {
        var stage = try ClubStage()
        let first = stage.result(.sendAudio, ["chat_id": Self.chat, "title": "T"], uploads: ["audio": Self.song])
        let id = try #require(first?.at("audio.file_id")?.string)
        let again = stage.result(.sendAudio, ["chat_id": Self.chat, "audio": id, "title": "other"])
        #expect(again?["audio"] == first?["audio"])
    }

    @Test func `the same bytes uploaded anew are another file`() throws {
        var stage = try ClubStage()
        let first = stage.result(.sendAudio, ["chat_id": Self.chat], uploads: ["audio": Self.song])
        let copy = Upload(key: 12, size: 900, name: "a song.mp3", mediaType: "audio/mpeg")
        let second = stage.result(
            .sendAudio,
            ["chat_id": Self.chat, "audio": "attach://part"],
            uploads: ["part": copy]
        )
        let ids = [first, second].map { $0?.at("audio.file_unique_id")?.string }
        #expect(ids[0] != nil && ids[1] != nil && ids[0] != ids[1])
    }

    @Test func `every bot has its own id of a file, and one for all beside it`() throws {
        var stage = try ClubStage()
        _ = try stage.postVoice()
        let mine = try #require(stage.updates().last?.at("channel_post.voice"))
        let theirs = try #require(stage.updates(ClubStage.otherBot).last?.at("channel_post.voice"))
        #expect(mine["file_unique_id"] == theirs["file_unique_id"])
        let foreign = try #require(theirs["file_id"]?.string)
        let values = ["chat_id": Self.chat, "voice": foreign, "file_id": foreign]
        let error = "Bad Request: wrong file_id or the file is temporarily unavailable"
        #expect(stage.failure(.sendVoice, values) == error)
        #expect(stage.failure(.getFile, values) == error)
        #expect(stage.failure(.getFile, ["file_id": try #require(mine["file_id"]?.string)]) == nil)
    }

    @Test(arguments: [
        ("sendVoice", [:], "Bad Request: there is no voice in the request"),
        ("sendVoice", ["voice": "garbage"], "Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendVoice", ["voice": "https://e.org/x.ogg"], "Bad Request: failed to get HTTP URL content"),
        ("getFile", [:], "Bad Request: file_id not specified"),
        ("getFile", ["file_id": "garbage"], "Bad Request: invalid file_id"),
        (
            "sendVoice", ["caption": String(repeating: "x", count: 1025), "voice": "attach://v"],
            "Bad Request: message caption is too long"
        ),
        ("sendPhoto", ["photo": "attach://v"], "Bad Request: IMAGE_PROCESS_FAILED"),
    ])
    func `a wrong file is refused`(_ method: String, _ values: [String: String], _ error: String) throws {
        var stage = try ClubStage()
        let upload = Upload(key: 3, size: 1)
        let method = try #require(BotMethod(name: method))
        let all = values.merging(["chat_id": Self.chat]) { $1 }
        #expect(stage.failure(method, all, uploads: ["v": upload]) == error)
        #expect(stage.world.files.isEmpty)
    }

    @Test func `a voice note is no audio file`() throws {
        var stage = try ClubStage()
        _ = try stage.postVoice()
        let id = try #require(stage.updates().last?.at("channel_post.voice.file_id")?.string)
        let error = stage.failure(.sendAudio, ["chat_id": Self.chat, "audio": id])
        #expect(error == "Bad Request: can't use file of type VoiceNote as Audio")
    }

    @Test(arguments: [(20_971_520, nil), (20_971_521, "Bad Request: file is too big")] as [(Int, String?)])
    func `20 MiB can be downloaded, not more`(_ size: Int, _ error: String?) throws {
        var stage = try ClubStage()
        let file = Upload(key: 5, size: size, name: "x.bin")
        let sent = stage.result(.sendDocument, ["chat_id": Self.chat], uploads: ["document": file])
        let id = try #require(sent?.at("document.file_id")?.string)
        #expect(stage.failure(.getFile, ["file_id": id]) == error)
    }

    @Test func `a download path is the bot's own and ends after an hour`() throws {
        var stage = try ClubStage()
        let sent = stage.result(.sendAudio, ["chat_id": Self.chat], uploads: ["audio": Self.song])
        let id = try #require(sent?.at("audio.file_id")?.string)
        let answer = try #require(stage.result(.getFile, ["file_id": id])?.members)
        #expect(answer.map(\.name) == ["file_id", "file_unique_id", "file_size", "file_path"])
        #expect(answer.last?.value == "music/file_0.mp3")
        let path = "music/file_0.mp3"
        #expect(stage.world.download(path, bot: ClubStage.bot, now: stage.now)?.key == 11)
        #expect(stage.world.download(path, bot: ClubStage.otherBot, now: stage.now) == nil)
        stage.now.addTimeInterval(3_599)
        #expect(stage.world.download(path, bot: ClubStage.bot, now: stage.now) != nil)
        stage.now.addTimeInterval(1)
        #expect(stage.world.download(path, bot: ClubStage.bot, now: stage.now) == nil)
        #expect(stage.result(.getFile, ["file_id": id])?["file_path"] == "music/file_0.mp3")
        #expect(stage.world.download(path, bot: ClubStage.bot, now: stage.now) != nil)
    }

    @Test func `a cover is shown under its new and its old name`() throws {
        var stage = try ClubStage()
        var cover = Upload(key: 21, size: 50)
        cover.facts = MediaFacts(width: 300, height: 200)
        let uploads = ["audio": Self.song, "thumbnail": cover]
        let audio = stage.result(.sendAudio, ["chat_id": Self.chat], uploads: uploads)?["audio"]
        #expect(audio?.at("thumbnail.width") == 300)
        #expect(audio?["thumb"] == audio?["thumbnail"])
    }

    @Test(arguments: ["\u{202E}gpj.x.exe", "../../etc/passwd", "a.verylongending", "a.b c", "\u{0}"])
    func `a hostile file name does not reach the download path`(_ name: String) throws {
        var stage = try ClubStage()
        let file = Upload(key: 5, size: 1, name: name)
        let sent = stage.result(.sendDocument, ["chat_id": Self.chat], uploads: ["document": file])
        #expect(sent?.at("document.file_name")?.string == name)
        let id = try #require(sent?.at("document.file_id")?.string)
        let path = try #require(stage.result(.getFile, ["file_id": id])?["file_path"]?.string)
        #expect(["documents/file_0", "documents/file_0.exe"].contains(path))
    }
}
