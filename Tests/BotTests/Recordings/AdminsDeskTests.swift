import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What posters and admins do to episodes: commands, the admins' chat and its cards.
struct AdminsDeskTests {
    static let group = ChatID(rawValue: -1_001_555)
    static let host = Visitor(id: 40, name: "Hanna")

    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        try await talk.admit(Self.host, role: .host)
    }

    /// A message in a group.
    private func groupMessage(_ visitor: Visitor, _ content: [String: Any]) throws -> InboxEntry {
        let message: [String: Any] = [
            "message_id": 5, "date": 1, "from": visitor.user,
            "chat": ["id": Self.group.rawValue, "type": "supergroup"],
        ]
        return try talk.update("message", message.merging(content) { $1 })
    }

    private func settle(_ visitor: Visitor = .owner) async throws -> Seen {
        try await talk.handle(groupMessage(visitor, ["text": "/adminschat@Podcast_FOMO_bot"]))
    }

    private func tap(_ button: Button, by visitor: Visitor) throws -> InboxEntry {
        try talk.update(
            "callback_query",
            [
                "id": "query", "from": visitor.user, "data": button.data,
                "message": [
                    "message_id": 7, "date": 1, "chat": ["id": Self.group.rawValue, "type": "supergroup"],
                ],
            ]
        )
    }

    /// A question of the bot, as it stands in a reply to it.
    private func question(_ prompt: Prompt, _ podcast: Podcast) -> [String: Any] {
        let bot: [String: Any] = ["id": 99, "is_bot": true, "first_name": "FOMO", "username": "Podcast_FOMO_bot"]
        return ["message_id": 8, "date": 1, "from": bot, "text": "New caption?\n\n\(prompt.mark(podcast.id))"]
    }

    private func status(_ message: Int64) async throws -> Podcast.Status {
        try await talk.podcast(message).status
    }

    // MARK: Commands

    @Test(arguments: [
        "ID", "https://t.me/Podcast_FOMO_bot?start=episode-ID", "https://club.test/podcast/ID",
        "https://t.me/c/1000000001/1",
    ])
    func `an admin unpublishes an episode by id or link, and publishes it again`(form: String) async throws {
        let podcast = try await talk.post(1, "Pilot <1>")
        let name = form.replacing("ID", with: podcast.id.rawValue)

        let gone = try await talk.says("/unpublish \(name)", .owner)
        let afterwards = try await status(1)
        let back = try await talk.says("/publish \(name)", .owner)

        #expect(try gone.screen.text == talk.words(.episodeIsUnpublished, .ru, ["title": "Pilot <1>"]))
        #expect(afterwards == .unpublished)
        #expect(try back.screen.text == talk.words(.episodeIsPublished, .ru, ["title": "Pilot <1>"]))
        #expect(try await status(1) == .published)
        #expect(try await talk.podcast(1).publishedAt == podcast.publishedAt)
    }

    @Test func `an episode is meant by a reply to its card, to its recording or to its forwarded post`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        let button = ["text": "x", "callback_data": Button.play(podcast.id).data]
        let replies: [[String: Any]] = [
            ["reply_markup": ["inline_keyboard": [[button]]]],
            ["voice": ["file_id": "another bot's", "file_unique_id": "file-1"]],
            [
                "forward_origin": [
                    "type": "channel", "chat": ["id": Fixtures.channel.rawValue, "type": "channel"], "message_id": 1,
                ]
            ],
        ]
        for reply in replies {
            for (command, status) in [("/unpublish", Podcast.Status.unpublished), ("/publish", .published)] {
                let content: [String: Any] = [
                    "text": command, "reply_to_message": reply.merging(["message_id": 3, "date": 1]) { $1 },
                ]
                _ = try await talk.handle(talk.message(from: .owner, content))
                #expect(try await self.status(1) == status)
            }
        }
    }

    @Test func `whoever does not say which episode is asked`() async throws {
        let asked = talk.club.phrases.text(.whichEpisode, .ru, zone: .gmt)

        #expect(try await talk.says("/unpublish", .owner).screen.text == asked)
        #expect(try await talk.says("/publish of the week", .owner).screen.text == asked)
    }

    @Test func `members may not, hosts may with what is theirs`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        let refused = talk.club.phrases.text(.notAllowed, .ru, zone: .gmt)

        #expect(try await talk.says("/unpublish \(podcast.id)", .member).screen.text == refused)
        #expect(try await talk.says("/mine \(podcast.id)", .member).screen.text == refused)
        #expect(try await talk.says("/unpublish \(podcast.id)", Self.host).screen.text == refused)
        #expect(try await status(1) == .published)
        _ = try await talk.says("/mine \(podcast.id)", Self.host)
        _ = try await talk.says("/unpublish \(podcast.id)", Self.host)

        #expect(try await status(1) == .unpublished)
        #expect(try await talk.podcast(1).byline == "Hanna")
    }

    @Test func `what somebody signed or claimed is nobody else's`() async throws {
        _ = try await talk.handle(talk.recording(1, caption: "Signed", post: ["author_signature": "Polina"]))
        let signed = try await talk.podcast(1)
        let claimed = try await talk.post(2, "Claimed")
        _ = try await talk.says("/mine \(claimed.id)", Self.host)
        let refused = talk.club.phrases.text(.hasAuthor, .ru, zone: .gmt)

        #expect(try await talk.says("/mine \(signed.id)", Self.host).screen.text == refused)
        #expect(try await talk.says("/mine \(claimed.id)", .owner).screen.text == refused)
    }

    @Test func `an unpublished episode vanishes from the library, the search and its own card`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        _ = try await talk.says("/unpublish \(podcast.id)", .owner)

        #expect(try await talk.says("/library", .member).screen.text == talk.words(.libraryEmpty))
        #expect(try await talk.says("pilot", .member).screen.text == talk.words(.searchEmpty, .ru, ["words": "pilot"]))
        #expect(try await talk.taps(.play(podcast.id), .member).sounds == [])
    }

    @Test func `an edit or another post of it does not publish it again`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        _ = try await talk.says("/unpublish \(podcast.id)", .owner)
        _ = try await talk.handle(talk.recording(1, caption: "Edited", post: ["edit_date": 1_790_000_000]))
        _ = try await talk.handle(talk.recording(2, caption: "Again", file: ["file_unique_id": "file-1"]))

        #expect(try await status(1) == .unpublished)
        #expect(try await talk.podcast(1).title == "Edited")
    }

    @Test func `the channel unpublishes by reply, and the admins are told, not the channel`() async throws {
        try await talk.post(1, "Pilot")
        _ = try await talk.told()
        let post: [String: Any] = [
            "message_id": 2, "date": 1, "chat": ["id": Fixtures.channel.rawValue, "type": "channel"],
            "text": "/unpublish", "reply_to_message": ["message_id": 1, "date": 1],
        ]

        let seen = try await talk.handle(talk.update("channel_post", post))

        #expect(seen.drafts.isEmpty)
        #expect(try await status(1) == .unpublished)
        #expect(
            try await talk.told().map { try $0.text } == [talk.words(.episodeIsUnpublished, .ru, ["title": "Pilot"])]
        )
    }

    // MARK: The admins' chat

    @Test func `an admin makes a group the admins' chat, others do not`() async throws {
        #expect(try await settle(.member).screen.text == talk.club.phrases.text(.notAllowed, .ru, zone: .gmt))
        #expect(try await talk.club.library.adminsChat.current() == nil)

        let seen = try await settle()

        #expect(try seen.screen.text == talk.words(.adminsChatSet))
        #expect(try seen.screen.chat == Self.group.rawValue)
        #expect(try await talk.club.library.adminsChat.current() == Self.group)
    }

    @Test(arguments: ["/adminschat", "/clubgroup", "/unpublish x"])
    func `an admin who writes as the group is asked to write as themselves, in the club's language`(
        command: String
    ) async throws {
        let owner = try await talk.member(.owner)
        _ = try await talk.club.services.office.setLanguage(.en, by: owner, cause: talk.club.cause("language"))
        let group: [String: Any] = ["id": Self.group.rawValue, "type": "supergroup"]
        let anonymous: [String: Any] = [
            "id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot",
        ]
        let seen = try await talk.handle(
            groupMessage(.owner, ["text": command, "from": anonymous, "sender_chat": group])
        )

        guard command != "/unpublish x" else {
            #expect(seen.drafts.isEmpty)
            return
        }
        #expect(try seen.screen.text == talk.words(.writeAsYourself, .en))
        #expect(try seen.screen.chat == Self.group.rawValue)
        #expect(try await talk.club.library.adminsChat.current() == nil)
    }

    @Test func `in another group the bot does not answer commands about episodes`() async throws {
        let podcast = try await talk.post(1, "Pilot")

        let seen = try await talk.handle(groupMessage(.owner, ["text": "/unpublish \(podcast.id)"]))

        #expect(seen.drafts.isEmpty)
        #expect(try await status(1) == .published)
    }

    @Test func `the chat gets one card of each episode, which tells how far it is`() async throws {
        _ = try await settle()
        let podcast = try await talk.post(1, "Pilot")
        let first = try #require(try await talk.told().first)
        try await talk.club.library.remember(CardPlace(chat: Self.group, message: 70), of: podcast.id)
        let recording = podcast.recordings[0]
        _ = try await talk.club.library.note(
            .stored(MediaKey(rawValue: "aa"), bytes: 5),
            of: recording.id,
            file: try #require(recording.fileUniqueID),
            cause: talk.club.cause("fetched")
        )
        let second = try await talk.told()
        _ = try await talk.handle(tap(.setPublished(podcast.id, false), by: .owner))
        let third = try await talk.told()

        #expect(first.chat == Self.group.rawValue && first.changed == nil)
        #expect(try first.text.hasPrefix(talk.words(.cardReceived) + "\n" + talk.words(.cardPublished)))
        #expect(first.labels.last == [.buttonEdit, .buttonCover, .buttonUnpublish].map { talk.label($0) })
        #expect(second.map(\.changed) == [70])
        #expect(try second[0].text.hasPrefix(talk.words(.cardFetched) + "\n" + talk.words(.cardPublished)))
        #expect(third.map(\.changed) == [70])
        #expect(try third[0].text.hasPrefix(talk.words(.cardFetched) + "\n" + talk.words(.cardUnpublished)))
        #expect(third[0].labels.last?.last == talk.label(.buttonPublish))
    }

    @Test func `why a file was not fetched is on the card, and told beside it`() async throws {
        _ = try await settle()
        let podcast = try await talk.post(1, "Pilot")
        _ = try await talk.told()
        let recording = podcast.recordings[0]
        _ = try await talk.club.library.note(
            .messengerOnly(.tooLarge),
            of: recording.id,
            file: try #require(recording.fileUniqueID),
            cause: talk.club.cause("large")
        )

        let told = try await talk.told().map { try $0.text }

        #expect(told.count == 2)
        #expect(told[0].hasPrefix(try talk.words(.cardTooLarge)))
        #expect(told[1].hasPrefix(try talk.words(.recordingTooLarge)))
    }

    @Test func `Edit asks for a caption, and the reply becomes the episode's words`() async throws {
        _ = try await settle()
        let podcast = try await talk.post(1, "Pilot")
        let asked = try await talk.handle(tap(.prompt(.edit, podcast.id), by: .owner))
        let reply = try await talk.handle(
            groupMessage(
                .owner,
                ["text": "S1E2 Better\nMore #sound\n00:00 Beginning", "reply_to_message": question(.edit, podcast)]
            )
        )

        guard case .sendPrompt(let prompt) = asked.calls.last else {
            Issue.record("nothing is asked")
            return
        }
        #expect(prompt.replyMarkup == ForceReply(selective: true))
        #expect(Prompt.read(try TelegramText(prompt.text).plain)?.id == podcast.id)
        #expect(try reply.screen.text == talk.words(.episodeRewritten, .ru, ["title": "Better"]))
        let edited = try await talk.podcast(1)
        #expect(edited.title == "Better" && edited.number == "S1E2" && edited.tags == ["sound"])
        #expect(edited.chapters.count == 1)
    }

    @Test func `words of the admins stay until the post is edited after them, whatever the machine's clock says`()
        async throws
    {
        let start = Int64(Fixtures.start.timeIntervalSince1970)
        _ = try await talk.post(1, "Pilot")
        _ = try await talk.handle(talk.recording(1, caption: "Edited", post: ["edit_date": start + 90]))
        let podcast = try await talk.podcast(1)
        talk.club.clock.advance(by: .seconds(86_400))
        _ = try await talk.handle(
            talk.message(from: .owner, ["text": "Better", "reply_to_message": question(.edit, podcast)])
        )
        _ = try await talk.handle(talk.recording(1, caption: "Edited", post: ["edit_date": start + 90]))
        let kept = try await talk.podcast(1).title
        _ = try await talk.handle(talk.recording(1, caption: "Newer", post: ["edit_date": start + 91]))

        #expect(kept == "Better")
        #expect(try await talk.podcast(1).title == "Newer")
    }

    @Test func `Cover takes the largest size of a photo, and asks again for anything else`() async throws {
        _ = try await settle()
        let podcast = try await talk.post(1, "Pilot")
        let text = try await talk.handle(
            groupMessage(.owner, ["text": "here", "reply_to_message": question(.cover, podcast)])
        )
        let sizes = [(90, "small"), (1280, "large"), (320, "middle")].map { width, name -> [String: Any] in
            ["file_id": "\(name)-id", "file_unique_id": name, "width": width, "height": width, "file_size": width]
        }
        let photo = try await talk.handle(
            groupMessage(.owner, ["photo": sizes, "reply_to_message": question(.cover, podcast)])
        )

        #expect(try text.screen.text == talk.words(.noPicture))
        #expect(try photo.screen.text == talk.words(.coverTaken, .ru, ["title": "Pilot"]))
        let cover = try #require(try await talk.podcast(1).cover)
        #expect(cover.fileUniqueID.rawValue == "large")
        #expect(cover.fileIDs == ["club": "large-id"])
        #expect(cover.media == .awaited)
    }

    @Test func `a reply to somebody who only writes like the bot changes nothing`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        var question = question(.edit, podcast)
        question["from"] = Visitor.member.user
        _ = try await talk.handle(
            talk.message(from: .owner, ["text": "Better", "reply_to_message": question])
        )

        #expect(try await talk.podcast(1).title == "Pilot")
    }

    @Test func `a member's tap on the buttons of a card is refused`() async throws {
        _ = try await settle()
        let podcast = try await talk.post(1, "Pilot")
        let refused = talk.club.phrases.text(.notAllowed, .ru, zone: .gmt)
        for button in [Button.prompt(.edit, podcast.id), .prompt(.cover, podcast.id), .setPublished(podcast.id, false)]
        {
            #expect(try await talk.handle(tap(button, by: .member)).toast.text == refused)
        }
        #expect(try await status(1) == .published)
    }

    // MARK: Albums

    @Test func `split parts an album into episodes of their own and says so`() async throws {
        for (number, caption) in [(Int64(1), "All"), (2, ""), (3, "Third #x")] {
            _ = try await talk.handle(
                talk.recording(number, caption: caption, post: ["media_group_id": "g"])
            )
        }
        talk.club.clock.advance(by: Album.patience)
        _ = try await talk.club.library.completeAlbums()
        let album = try await talk.podcast(1)
        let reply: [String: Any] = [
            "message_id": 3, "date": 1, "voice": ["file_id": "f", "file_unique_id": "file-2"],
        ]

        let seen = try await talk.handle(talk.message(from: .owner, ["text": "/split", "reply_to_message": reply]))

        #expect(try seen.screen.text == talk.words(.episodeParted, .ru, ["title": "All"], count: 3))
        #expect(try await talk.podcast(1).id == album.id)
        #expect(try await talk.podcast(2).title == "All (2)")
        #expect(try await talk.podcast(3).title == "Third")
        #expect(try await talk.club.library.count(PodcastQuery()) == 3)
        _ = try await talk.handle(talk.recording(4, caption: "Late", post: ["media_group_id": "g"]))
        #expect(try await talk.podcast(4).recordings.count == 1)
        #expect(try await talk.podcast(4).status == .published)
        let again = try await talk.says("/split \(album.id)", .owner)
        #expect(try again.screen.text == talk.club.phrases.text(.nothingToPart, .ru, zone: .gmt))
    }
}
