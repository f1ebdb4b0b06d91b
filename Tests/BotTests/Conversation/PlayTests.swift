import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The Play button.
struct PlayTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func play(_ podcast: Podcast, _ visitor: Visitor = .member) async throws -> Seen {
        try await talk.taps(.play(podcast.id), visitor)
    }

    @Test(
        arguments: [
            ("voice", SendVoice.name, [:]), ("audio", SendAudio.name, [:]),
            ("document", SendDocument.name, ["mime_type": "audio/flac"]),
            ("document", SendDocument.name, ["mime_type": "video/mp4"]), ("video", SendVideo.name, [:]),
        ] as [(String, String, [String: any Sendable])]
    )
    func `a recording is sent as what it was posted, by the bot's own file id`(
        kind: String,
        method: String,
        file: [String: any Sendable]
    ) async throws {
        _ = try await talk.handle(talk.recording(1, caption: "<Title> & more", kind: kind, file: file))
        let card = try await talk.says("/latest", .member).screen

        let seen = try await talk.taps(.buttonPlay, of: card, .member)

        let caption = "&lt;Title&gt; &amp; more"
        #expect(seen.sounds == [Seen.Sound(method: method, source: "file-1-for-club", caption: caption)])
        #expect(try seen.toast.text == talk.label(.toastSending))
        #expect(try seen.toast.showAlert == nil)
        #expect(seen.screens.isEmpty)
        #expect(seen.drafts.allSatisfy { $0.chat == Visitor.member.chat && $0.lane == .answers })
    }

    @Test func `a round video is sent as one, without words`() async throws {
        let podcast = try await talk.post(1, "Title", kind: "video_note")

        let sound = Seen.Sound(method: SendVideoNote.name, source: "file-1-for-club", caption: "")
        #expect(try await play(podcast).sounds == [sound])
    }

    @Test func `a recording that only the other bot knows is copied from the channel`() async throws {
        let recorder = try BotTalk(talk.club, bot: .recorder, duty: .recordingsOnly)
        let podcast = try await recorder.post(42, "Title")

        let seen = try await play(podcast)

        #expect(seen.sounds == [Seen.Sound(method: CopyMessage.name, source: "42", caption: "Title")])
        guard case .copyMessage(let copy) = seen.calls.last else {
            Issue.record("nothing is copied")
            return
        }
        #expect(copy.fromChatId == Fixtures.channel.rawValue)
        #expect(copy.chatId == Visitor.member.id)
    }

    @Test func `a recording that both bots know is sent by each with its own id`() async throws {
        let recorder = try BotTalk(talk.club, bot: .recorder)
        _ = try await recorder.post(1, "Title")
        let podcast = try await talk.post(1, "Title")

        #expect(try await play(podcast).sounds.map(\.source) == ["file-1-for-club"])
        #expect(try await recorder.taps(.play(podcast.id), .member).sounds.map(\.source) == ["file-1-for-recorder"])
    }

    @Test func `several recordings come in their order, each with its part`() async throws {
        let podcast = try await talk.change(talk.post(1, "Title")) { podcast in
            podcast.recordings += (2...3).map { number in
                Recording(
                    id: RecordingID(rawValue: "part\(number)"),
                    posts: [Fixtures.post(number)],
                    file: Fixtures.file("part-\(number)", kind: .audio, bot: number == 2 ? .recorder : .club)
                )
            }
        }

        let russian = try await play(podcast)
        let english = try await play(podcast, .englishMember)

        #expect(russian.sounds.map(\.caption) == (1...3).map { "Title · часть \($0) из 3" })
        #expect(english.sounds.map(\.caption) == (1...3).map { "Title · part \($0) of 3" })
        #expect(russian.sounds.map(\.method) == [SendVoice.name, CopyMessage.name, SendAudio.name])
        #expect(russian.sounds.map(\.source) == ["file-1-for-club", "2", "part-3-for-club"])
        guard case .answerCallbackQuery = russian.calls.first else {
            Issue.record("the tap is not answered first")
            return
        }
    }

    @Test func `an episode without a recording that the bot can send says so`() async throws {
        let podcast = try await talk.change(talk.post(1, "Title")) { $0.recordings = [] }

        for visitor in [Visitor.member, .englishMember] {
            let seen = try await play(podcast, visitor)
            #expect(seen.calls.count == 1)
            #expect(try seen.toast.text == talk.label(.notPlayable, visitor.language))
            #expect(try seen.toast.showAlert == true)
        }
    }

    @Test func `an episode that has vanished since is not played, but to admins while it is there`() async throws {
        let podcast = try await talk.change(talk.post(1, "Title")) { $0.status = .unpublished }

        let gone = try await play(podcast)
        #expect(gone.calls.count == 1)
        #expect(try gone.toast.text == talk.club.phrases.text(.notFound, .ru, zone: .gmt))
        let missing = try await talk.taps(.play(PodcastID(rawValue: "0000")), .owner)
        #expect(try missing.toast.text == talk.club.phrases.text(.notFound, .ru, zone: .gmt))
        #expect(missing.sounds.isEmpty)
        #expect(try await play(podcast, .owner).sounds.count == 1)
    }
}
