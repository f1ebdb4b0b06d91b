import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What the club tells on its own account, in the recipient's words.
struct NoticeTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func screen(_ notice: Notice, to visitor: Visitor) async throws -> Seen.Screen? {
        guard let screen = try await talk.composer.screen(notice, in: visitor.chat) else { return nil }
        return try Seen([Reply.show(screen).call(in: visitor.chat)]).screen
    }

    private let readers: [Visitor] = [.member, .englishMember]

    @Test func `a request to join names the person and has two buttons`() async throws {
        _ = try await talk.taps(.askToJoin, Visitor(id: 50, name: "<Eve> & co", username: nil))
        let id = try await talk.member(Visitor(id: 50)).id

        for reader in readers {
            let card = try #require(try await screen(.joinRequested(id), to: reader))
            let arguments = ["name": "<Eve> & co", "handle": ""]
            #expect(try card.text == talk.words(.joinRequest, reader.language, arguments))
            #expect(try card.data(talk.label(.buttonApprove, reader.language)) == "d:y:\(id)")
            #expect(try card.data(talk.label(.buttonDecline, reader.language)) == "d:n:\(id)")
        }
    }

    @Test(arguments: [true, false])
    func `a request that was decided before its notice went out is told as decided`(isApproved: Bool) async throws {
        _ = try await talk.taps(.askToJoin, .stranger)
        let id = try await talk.member(.stranger).id
        _ = try await talk.taps(.decide(id, isApproved: isApproved), .owner)

        for reader in readers {
            let card = try #require(try await screen(.joinRequested(id), to: reader))
            let phrase: BotPhrase = isApproved ? .joinApprovedCard : .joinDeclinedCard
            let arguments = ["name": "Stas", "handle": " (@stas)", "admin": "Olga"]
            #expect(try card.text == talk.words(phrase, reader.language, arguments))
            #expect(card.rows.isEmpty)
        }
    }

    @Test func `the answer to a request is told to the person`() async throws {
        for reader in readers {
            let welcome = try #require(try await screen(.joinApproved, to: reader))
            #expect(try welcome.text == talk.words(.joinWelcome, reader.language, ["name": reader.name]))
            #expect(
                welcome.labels
                    == [
                        [talk.label(.buttonLatest, reader.language), talk.label(.buttonLibrary, reader.language)],
                        [talk.label(.buttonHelp, reader.language)],
                    ]
            )
            let declined = try #require(try await screen(.joinDeclined, to: reader))
            #expect(try declined.text == talk.words(.joinDeclined, reader.language))
            #expect(declined.rows.isEmpty)
        }
    }

    @Test func `an episode is told with its card, new or posted again`() async throws {
        let podcast = try await talk.post(1, "<Title>")

        for reader in readers {
            for (notice, phrase) in [
                (Notice.episodePublished(podcast.id), BotPhrase.episodePublished),
                (.episodePostedAgain(podcast.id), .episodePostedAgain),
            ] {
                let card = try #require(try await screen(notice, to: reader))
                #expect(try card.text.hasPrefix(talk.words(phrase, reader.language) + "\n\n<Title>\n"))
                #expect(
                    card.labels
                        == [
                            [talk.label(.buttonPlay, reader.language), talk.label(.buttonOpenWeb, reader.language)],
                            [talk.label(ThanksPhrase.button, reader.language)],
                        ]
                )
            }
        }
    }

    @Test(arguments: [
        (Recording.MessengerOnlyReason.tooLarge, BotPhrase.recordingTooLarge), (.gone, .recordingGone),
        (.damaged, .recordingDamaged), (.notSound, .recordingNotSound),
    ])
    func `a file that cannot be fetched is told with the reason`(
        reason: Recording.MessengerOnlyReason,
        phrase: BotPhrase
    ) async throws {
        let podcast = try await talk.change(talk.post(1, "Title")) { $0.recordings[0].media = .messengerOnly(reason) }
        let notice = Notice.recordingNotFetched(podcast.id, podcast.recordings[0].id)

        for reader in readers {
            let card = try #require(try await screen(notice, to: reader))
            #expect(try card.text.hasPrefix(talk.words(phrase, reader.language) + "\n\nTitle\n"))
        }
    }

    @Test func `the bot's own troubles are told plainly`() async throws {
        for reader in readers {
            let aside = try #require(try await screen(.updateSetAside(bot: .club, updateID: 4_711), to: reader))
            #expect(try aside.text == talk.words(.updateSetAside, reader.language, ["id": "4711"]))
            let second = try #require(try await screen(.secondPoller(bot: .club), to: reader))
            #expect(try second.text == talk.words(.secondPoller, reader.language))
        }
    }

    @Test func `who is not known any more is told in the club's language`() async throws {
        let declined = try #require(try await screen(.joinDeclined, to: .stranger))

        #expect(try declined.text == talk.words(.joinDeclined, .ru))
    }

    @Test func `what no longer exists is not told`() async throws {
        let podcast = try await talk.post(1, "Title")
        let recording = podcast.recordings[0].id
        let (nobody, nothing) = (MemberID(rawValue: "nobody"), PodcastID(rawValue: "nothing"))

        for notice in [
            Notice.joinRequested(nobody), .episodePublished(nothing), .episodePostedAgain(nothing),
            .recordingNotFetched(nothing, recording),
            .recordingNotFetched(podcast.id, RecordingID(rawValue: "nothing")),
            // It is there after all: it was replaced, or fetched later.
            .recordingNotFetched(podcast.id, recording),
        ] {
            #expect(try await screen(notice, to: .owner) == nil, "\(notice)")
        }
        #expect(try await screen(.joinApproved, to: .stranger) == nil)
    }
}
