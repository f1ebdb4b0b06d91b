import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What of the recording channel is a recording, and what is not.
struct RecordingIntentTests {
    let parser = IntentParser(
        bot: .club,
        channel: Fixtures.channel,
        username: "Podcast_FOMO_bot",
        defaultLanguage: .ru
    )

    private func intent(_ json: String) throws -> Intent {
        parser.intent(of: try TelegramAPI.decoder().decode(TelegramUpdate.self, from: Data(json.utf8)))
    }

    private func recording(_ json: String) throws -> RecordingPost? {
        guard case .recording(let post) = try intent(json) else { return nil }
        return post
    }

    private func post(_ fields: String, kind: String = "channel_post") -> String {
        let chat = #"{"id":\#(Fixtures.channel),"type":"channel"}"#
        return #"{"update_id":1,"\#(kind)":{"message_id":5,"date":1780315200,"chat":\#(chat),\#(fields)}}"#
    }

    @Test func `a voice note in the channel is a recording`() throws {
        let json = post(
            #""author_signature":"Polina","caption":"Pilot","voice":{"file_id":"F","file_unique_id":"U","duration":61,"mime_type":"audio/ogg","file_size":1000}"#
        )

        guard case .recording(let post) = try intent(json) else {
            Issue.record("not a recording")
            return
        }

        #expect(post.post == PostReference(channel: Fixtures.channel, message: 5))
        #expect(post.caption == "Pilot")
        #expect(post.signature == "Polina")
        #expect(post.postedAt == Fixtures.start)
        #expect(post.file.kind == .voice)
        #expect(post.file.duration == .seconds(61))
        #expect(post.file.bytes == 1_000)
    }

    @Test(
        arguments: [
            (
                #""audio":{"file_id":"F","file_unique_id":"U","performer":"P","title":"T","file_name":"x.mp3"}"#,
                Recording.Kind.audio
            ),
            (#""document":{"file_id":"F","file_unique_id":"U","mime_type":"audio/flac"}"#, .document),
            (
                #""document":{"file_id":"F","file_unique_id":"U","mime_type":"application/octet-stream","file_name":"Talk.MP3"}"#,
                .document
            ),
            (#""voice":{"file_id":"F","file_unique_id":"U","duration":"long","file_size":-5}"#, .voice),
            (#""video":{"file_id":"F","file_unique_id":"U","width":640,"mime_type":"video/mp4"}"#, .video),
            (#""video_note":{"file_id":"F","file_unique_id":"U","length":240,"duration":5}"#, .videoNote),
            (#""document":{"file_id":"F","file_unique_id":"U","mime_type":"video/quicktime"}"#, .document),
            (#""document":{"file_id":"F","file_unique_id":"U","file_name":"Talk.MKV"}"#, .document),
        ] as [(String, Recording.Kind)]
    )
    func `sound, video and documents of both are recordings`(fields: String, kind: Recording.Kind) throws {
        guard case .recording(let post) = try intent(post(fields)) else {
            Issue.record("not a recording")
            return
        }

        #expect(post.file.kind == kind)
    }

    @Test func `an edited post says when it was edited`() throws {
        let json = post(
            #""edit_date":1780315260,"voice":{"file_id":"F","file_unique_id":"U"}"#,
            kind: "edited_channel_post"
        )

        guard case .recording(let post) = try intent(json) else {
            Issue.record("not a recording")
            return
        }

        #expect(post.editedAt == Fixtures.start.addingTimeInterval(60))
    }

    /// What is no recording, and why it might be taken for one.
    @Test(arguments: [
        ("another channel", #"{"chat":{"id":-1,"type":"channel"},VOICE}"#),
        ("a discussion group's copy", #"{"chat":CHANNEL,"is_automatic_forward":true,VOICE}"#),
        ("a message replied to", #"{"chat":CHANNEL,"text":"!","reply_to_message":{"message_id":1,VOICE}}"#),
        ("a pinned message", #"{"chat":CHANNEL,"pinned_message":{"message_id":1,"chat":CHANNEL,VOICE}}"#),
        ("a quoted message of elsewhere", #"{"chat":CHANNEL,"text":"!","external_reply":{VOICE}}"#),
        ("a new title", #"{"chat":CHANNEL,"new_chat_title":"Voices"}"#),
        ("a video chat", #"{"chat":CHANNEL,"video_chat_ended":{"duration":60}}"#),
        ("a text", #"{"chat":CHANNEL,"text":"hello"}"#), ("a picture", #"{"chat":CHANNEL,"photo":[]}"#),
        ("a book", #"{"chat":CHANNEL,"document":{FILE,"mime_type":"application/pdf","file_name":"a.pdf"}}"#),
        ("a picture as a file", #"{"chat":CHANNEL,"document":{FILE,"mime_type":"image/png"}}"#),
        ("moving pictures", #"{"chat":CHANNEL,"animation":{FILE},"document":{FILE,"mime_type":"video/mp4"}}"#),
        ("a sticker", #"{"chat":CHANNEL,"sticker":{FILE,"is_video":true}}"#),
    ])
    func `a post that is no recording is ignored`(what: String, template: String) throws {
        let file = #""file_id":"F","file_unique_id":"U""#
        let content = template.dropFirst().replacing("CHANNEL", with: #"{"id":\#(Fixtures.channel),"type":"channel"}"#)
            .replacing("VOICE", with: #""voice":{\#(file)}"#).replacing("FILE", with: file)
        for kind in ["channel_post", "edited_channel_post"] {
            let json = #"{"update_id":1,"\#(kind)":{"message_id":5,"date":1780315200,\#(content)}"#
            guard case .nothing = try intent(json) else {
                Issue.record("\(what) is taken for something")
                continue
            }
        }
    }

    @Test func `the copy in the discussion group is no recording of the channel`() throws {
        let json = #"""
            {"update_id":1,"message":{"message_id":9,"date":1,"chat":{"id":-77,"type":"supergroup"},\#
            "sender_chat":{"id":-1001000000001,"type":"channel"},"is_automatic_forward":true,\#
            "voice":{"file_id":"F","file_unique_id":"U"}}}
            """#

        guard case .nothing = try intent(json) else {
            Issue.record("taken for something")
            return
        }
    }

    @Test(
        arguments: [
            (#"{"type":"user","sender_user":{"id":1,"first_name":"Anna","last_name":"B"}}"#, "Anna B"),
            (#"{"type":"hidden_user","sender_user_name":"Hidden"}"#, "Hidden"),
            (#"{"type":"chat","sender_chat":{"id":-5,"type":"group","title":"Friends"}}"#, "Friends"),
            (#"{"type":"channel","chat":{"id":-6,"type":"channel","title":"Voices"},"message_id":7}"#, "Voices"),
            (
                #"{"type":"channel","chat":{"id":-6,"type":"channel","title":"Voices"},"author_signature":"Boris"}"#,
                "Boris"
            ),
            (#"{"type":"user"}"#, nil), (#"7"#, nil),
        ] as [(String, String?)]
    )
    func `a forwarded post is a recording by whom it was first`(origin: String, signature: String?) throws {
        let forwarded = #""forward_origin":\#(origin),"voice":{"file_id":"F","file_unique_id":"U"}"#
        let signed = forwarded + #","author_signature":"Polina""#

        #expect(try recording(post(forwarded))?.signature == signature)
        #expect(try recording(post(signed))?.signature == "Polina")
    }

    @Test func `other updates concern nobody`() throws {
        for json in [
            #"{"update_id":1}"#, #"{"update_id":1,"future_kind":{"a":[1]}}"#,
            #"{"update_id":1,"message":{"message_id":1,"chat":{"id":-5,"type":"group"},"text":"/start"}}"#,
            #"{"update_id":1,"message":{"message_id":1,"chat":{"id":5,"type":"private"},"text":"/start"}}"#,
        ] {
            guard case .nothing = try intent(json) else {
                Issue.record("taken for something: \(json)")
                continue
            }
        }
    }
}
