import Foundation
import Testing

@testable import Sandbox

@Suite struct VideoTests {
    private static let chat = "\(ClubStage.member)"

    @Test func `a bot's video has its measures and its name`() throws {
        var stage = try ClubStage()
        let sent = stage.result(
            .sendVideo,
            ["chat_id": Self.chat, "duration": "9", "width": "640", "height": "360", "caption": "c"],
            uploads: ["video": Upload(key: 1, size: 5, name: "clip.mp4")]
        )
        let video = try #require(sent?["video"])
        #expect(video.members?.prefix(5).map(\.name) == ["duration", "width", "height", "file_name", "mime_type"])
        #expect(video["width"] == 640 && video["height"] == 360 && video["mime_type"] == "video/mp4")
        #expect(sent?["caption"] == "c")
    }

    @Test func `a video note is square and has no caption`() throws {
        var stage = try ClubStage()
        let sent = stage.result(
            .sendVideoNote,
            ["chat_id": Self.chat, "duration": "9", "length": "240", "caption": "c"],
            uploads: ["video_note": Upload(key: 1, size: 5, name: "note.mp4")]
        )
        #expect(sent?.at("video_note.length") == 240 && sent?.at("video_note.duration") == 9)
        #expect(sent?["caption"] == nil)
    }

    @Test(
        arguments: [
            (MediaFile.Kind.video, "video", "videos/file_0.mp4"),
            (.videoNote, "video_note", "video_notes/file_0.mp4"),
            (.document, "document", "documents/file_0.mp4"),
        ]
    )
    func `a person's video comes as a post and can be downloaded`(
        _ kind: MediaFile.Kind,
        _ member: String,
        _ path: String
    ) throws {
        var stage = try ClubStage()
        let upload = Upload(key: 3, size: 7, name: "v.mp4", mediaType: "video/mp4")
        let draft = Draft(content: .upload(NewFile(upload: upload, kind: kind, duration: 4), caption: ""))
        _ = try stage.world.write(draft, by: ClubStage.poster, in: ClubStage.channel, now: stage.now)
        let post = try #require(stage.updates().last?["channel_post"])
        let id = try #require(post.at("\(member).file_id")?.string)
        #expect(stage.result(.getFile, ["file_id": id])?["file_path"]?.string == path)
    }

    @Test func `another file takes the place of a message's content, and a voice note stays`() throws {
        var stage = try ClubStage()
        let upload = Upload(key: 1, size: 5, name: "a.mp3")
        _ = stage.result(.sendAudio, ["chat_id": Self.chat], uploads: ["audio": upload])
        let media = #"{"type":"document","media":"attach://d","caption":"new"}"#
        let edited = stage.result(
            .editMessageMedia,
            ["chat_id": Self.chat, "message_id": "1", "media": media],
            uploads: ["d": Upload(key: 2, size: 6, name: "b.pdf")]
        )
        #expect(edited?.at("document.file_name") == "b.pdf" && edited?["audio"] == nil)
        #expect(edited?["caption"] == "new")
        _ = stage.result(.sendVoice, ["chat_id": Self.chat], uploads: ["voice": Upload(key: 4, size: 5)])
        let refused = stage.failure(
            .editMessageMedia,
            ["chat_id": Self.chat, "message_id": "2", "media": media],
            uploads: ["d": Upload(key: 5, size: 6, name: "b.pdf")]
        )
        #expect(refused == "Bad Request: message can't be edited")
        #expect(stage.world.files[5] == nil)
    }
}
