import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/export` and `/forget`.
struct ForgettingTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    /// What the person has just asked for, as it is sent.
    private func file() async throws -> UploadDocument {
        for draft in try await talk.club.takeOutbox() {
            guard case .notice(.export(let id)) = draft.body else { continue }
            #expect(draft.lane == .answers)
            let call = try await talk.composer.reply(.export(id), in: draft.chat)?.call(in: draft.chat)
            guard case .uploadDocument(let upload) = call else { continue }
            return upload
        }
        throw NoFile()
    }

    private struct NoFile: Error {}

    private func object(_ file: UploadDocument) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: file.contents) as? [String: Any])
    }

    // MARK: Having one's data

    @Test func `the file has all that is kept of a person, and no secret`() async throws {
        let member = try await talk.member(.member)
        let session = try await talk.club.signIn.open(
            for: .id(member.id),
            way: .link,
            device: "Firefox, Linux",
            cause: talk.club.cause("in")
        ).0
        let podcast = try await talk.change(talk.post(1, "Mine")) { $0.authorID = member.id }
        try await talk.post(2, "Somebody else's")
        _ = try await talk.says("/settings quiet 23-8", .member)
        let told = try #require(OutboxDraft(key: "told", to: member, notice: .roleChanged(.host)))
        try await talk.club.store.outbox.append([told], now: talk.club.clock.now)
        _ = try await talk.club.takeOutbox()

        #expect(try await talk.says("/export", .member).screen.text == talk.words(PersonalPhrase.exportSent))
        let file = try await file()
        #expect(file.chatId == Visitor.member.id)
        #expect(file.fileName.hasSuffix(".json"))
        let all = try object(file)
        let you = try #require(all["you"] as? [String: Any])
        #expect(you["name"] as? String == "Mark")
        #expect(you["telegram_id"] as? Int64 == Visitor.member.id)
        #expect(you["user_id"] as? String == member.id.rawValue)
        #expect((all["settings"] as? [String: Any])?["quiet_hours"] as? String == "23:00–8:00")
        #expect((all["signed_in"] as? [[String: Any]])?.first?["device"] as? String == "Firefox, Linux")
        #expect((all["episodes"] as? [[String: Any]])?.map { $0["id"] as? String } == [podcast.id.rawValue])
        #expect((all["journal"] as? [[String: Any]])?.first?["action"] as? String == "data_exported")
        #expect((all["messages"] as? [[String: Any]])?.isEmpty == false)
        #expect((all["notifications"] as? [[String: Any]])?.map { $0["kind"] as? String } == ["roleChanged"])

        let text = String(decoding: file.contents, as: UTF8.self)
        #expect(!text.contains(session.id.rawValue))
        #expect(!text.contains("Somebody else's"))
        #expect(!text.contains("Mary") && !text.contains("Olga"))
    }

    @Test func `of invites one's own are told with numbers, others' without`() async throws {
        let made = try await talk.club.services.invitations.make(
            quota: 5,
            days: 3,
            by: talk.member(.owner),
            cause: talk.club.cause("made")
        )
        _ = try await talk.says("/start join-\(made.payload)", .stranger)
        for (visitor, isOwn) in [(Visitor.owner, true), (.stranger, false)] {
            _ = try await talk.says("/export", visitor)
            let file = try await file()
            let invite = try #require((try object(file)["invites"] as? [[String: Any]])?.first)
            #expect(invite["made_by_you"] as? Bool == isOwn)
            #expect((invite["used"] as? Int) == (isOwn ? 1 : nil))
            #expect(!String(decoding: file.contents, as: UTF8.self).contains(made.payload))
            #expect(!String(decoding: file.contents, as: UTF8.self).contains(made.invite.secret.rawValue))
        }
    }

    @Test func `the next file has to wait for some minutes`() async throws {
        _ = try await talk.says("/export", .member)
        let again = talk.club.clock.after(Privacy.pauseBetweenExports)
        #expect(try await talk.says("/export", .member).screen.text == talk.refusal(.exportAgainLater(again)))
        talk.club.clock.advance(by: Privacy.pauseBetweenExports)
        #expect(try await talk.says("/export", .member).screen.text == talk.words(PersonalPhrase.exportSent))
    }

    @Test func `of a stranger nothing is kept`() async throws {
        let nothing = try talk.words(PersonalPhrase.nothingKnown)
        #expect(try await talk.says("/export", .stranger).screen.text == nothing)
        #expect(try await talk.says("/forget", .stranger).screen.text == nothing)
    }

    // MARK: Being forgotten

    /// Asks to be forgotten and says yes twice.
    private func forget(_ visitor: Visitor) async throws -> Seen.Screen {
        let explained = try await talk.says("/forget", visitor).screen
        let question = try await talk.taps(PersonalPhrase.buttonGoOn, of: explained, visitor).screen
        return try await talk.taps(PersonalPhrase.buttonForget, of: question, visitor).screen
    }

    @Test func `afterwards the person is a stranger, and nothing names them`() async throws {
        let member = try await talk.member(.member)
        _ = try await talk.club.signIn.open(
            for: .id(member.id),
            way: .link,
            device: "Firefox",
            cause: talk.club.cause("in")
        )
        let podcast = try await talk.change(talk.post(1, "Mine")) { podcast in
            podcast.authorID = member.id
            podcast.authorName = "Mark"
            podcast.signature = "MARK"
        }
        _ = try await talk.says("/settings zone Asia/Omsk", .member)

        #expect(try await forget(.member).text == talk.words(PersonalPhrase.forgetDone))

        #expect(try await talk.club.directory.find(.telegram(Visitor.member.person.telegramID)) == nil)
        let left = try #require(try await talk.club.directory.find(.id(member.id)))
        #expect(left.name == "id \(member.id)")
        #expect(left.username == nil && left.telegramID == nil && left.settings == MemberSettings())
        #expect(left.membership == .left && left.role == .member && !left.isClaimable)
        let traces = try await talk.club.store.traces.traces(of: TracedPerson(member), limit: 9)
        #expect(traces.sessions.isEmpty && traces.links.isEmpty)
        let episode = try #require(try await talk.club.library.find(.id(podcast.id)))
        #expect(episode.authorID == nil && episode.authorName == nil && episode.signature == nil)
        #expect(episode.title == "Mine" && episode.status == .published)
        let entry = try #require(try await talk.club.store.audit.list(after: nil, limit: 9).items.first)
        #expect(entry.action == .memberForgotten && entry.subject == .member(member.id))

        #expect(
            try await talk.says("/latest", .member).screen.text.hasPrefix(
                talk.words(.startStranger, .ru, ["name": "Mark"])
            )
        )
        #expect(try await talk.says("/export", .member).screen.text == talk.words(PersonalPhrase.nothingKnown))
        #expect(try await talk.club.services.privacy.export(of: member.id, words: { _ in nil }) == nil)
        _ = try await talk.taps(.askToJoin, .member)
        #expect(try await talk.member(.member).id != member.id)
    }

    @Test func `messages that waited for the person are not sent, and the menu is taken back`() async throws {
        try await talk.club.store.outbox.append(
            [OutboxDraft(dedupeKey: "x", chat: Visitor.member.chat, lane: .alerts, body: .notice(.unbanned))],
            now: talk.club.clock.now
        )
        _ = try await forget(.member)
        let left = try await talk.club.takeOutbox().filter { $0.chat == Visitor.member.chat }
        #expect(left.map(\.body) == [.notice(.menuChanged)])
        let call = try await talk.composer.reply(.menuChanged, in: Visitor.member.chat)?.call(in: Visitor.member.chat)
        #expect(call == .deleteMyCommands(DeleteMyCommands(scope: .chat(Visitor.member.chat))))
    }

    @Test func `of a banned person the number stays, and the ban with it`() async throws {
        let member = try await talk.member(.member)
        _ = try await talk.club.directory.decide(
            .ban,
            about: member.id,
            by: talk.member(.owner),
            cause: talk.club.cause("ban")
        )
        #expect(try await forget(.member).text == talk.words(PersonalPhrase.forgetDoneBanned))
        let left = try await talk.member(.member)
        #expect(left.id == member.id && left.membership == .banned)
        #expect(try await talk.says("/start", .member).screen.text == talk.refusal(.banned))
        #expect(try await talk.taps(.askToJoin, .member).toast.text == talk.refusal(.banned))
        #expect(try await talk.member(.member).name == "id \(member.id)")
    }

    @Test func `a crash after any write loses nothing of it: the same update finishes it`() async throws {
        let member = try await talk.member(.member)
        try await talk.change(talk.post(1, "Mine")) { $0.authorID = member.id }
        let tap = try talk.tap(Button.personal(.forget(.confirm)).data, by: .member)
        var writes = 0
        while try await talk.club.directory.find(.telegram(Visitor.member.person.telegramID)) != nil {
            talk.club.store.crash(afterWrites: writes)
            _ = try? await talk.handler.handle(tap)
            talk.club.store.crash(afterWrites: nil)
            writes += 1
            try #require(writes < 20)
        }
        #expect(writes > 3)
        #expect(try await talk.podcast(1).authorID == nil)
        #expect(try await talk.handle(tap).screen.text == talk.words(PersonalPhrase.forgetDone))
        let entries = try await talk.club.store.audit.list(after: nil, limit: 9).items
        #expect(entries.filter { $0.action == .memberForgotten }.count == 1)
    }

    @Test func `what a crash has left half done is finished when the person writes again`() async throws {
        talk.club.store.crash(afterWrites: 1)
        _ = try? await talk.handler.handle(talk.tap(Button.personal(.forget(.confirm)).data, by: .member))
        talk.club.store.crash(afterWrites: nil)
        #expect(try await talk.member(.member).isBeingForgotten)
        #expect(
            try await talk.says("/latest", .member).screen.text.hasPrefix(
                talk.words(.startStranger, .ru, ["name": "Mark"])
            )
        )
        #expect(try await talk.club.directory.find(.telegram(Visitor.member.person.telegramID)) == nil)
    }

    @Test func `who changes their mind at either question is kept`() async throws {
        let explained = try await talk.says("/forget", .member).screen
        #expect(
            try await talk.taps(PersonalPhrase.buttonKeep, of: explained, .member).screen.text
                == talk.words(PersonalPhrase.forgetKept)
        )
        let question = try await talk.taps(PersonalPhrase.buttonGoOn, of: explained, .member).screen
        _ = try await talk.taps(PersonalPhrase.buttonKeep, of: question, .member)
        #expect(try await talk.member(.member).isActive)
    }

    @Test func `the owner cannot be forgotten, and is told why`() async throws {
        #expect(try await talk.says("/forget", .owner).screen.text == talk.refusal(.ownerStays))
        #expect(try await talk.taps(.personal(.forget(.confirm)), .owner).toast.text == talk.refusal(.ownerStays))
        #expect(try await talk.member(.owner).forgottenAt == nil)
    }
}
