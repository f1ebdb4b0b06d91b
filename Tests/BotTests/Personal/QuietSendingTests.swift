import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What its recipient's settings do to a message, at the moment at which it would be sent.
struct QuietSendingTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private var composer: NoticeComposer { talk.composer }
    /// 23:30 in Moscow on 9 May 2026.
    private let night = Date(timeIntervalSince1970: 1_778_358_600)

    private func draft(
        _ notice: Notice,
        _ lane: OutboxLane = .alerts,
        to visitor: Visitor = .member
    ) -> OutboxDraft {
        OutboxDraft(dedupeKey: "x", chat: visitor.chat, lane: lane, body: .notice(notice))
    }

    private func choose(_ choice: SettingChoice, _ visitor: Visitor = .member) async throws {
        _ = try await talk.taps(.personal(.choose(choice)), visitor)
    }

    private func newEpisode() async throws -> Notice {
        try await choose(.notices(.newEpisodes, isWanted: true))
        return .newEpisode(try await talk.post(1, "Pilot").id)
    }

    private func message(_ delivery: NoticeComposer.Delivery) -> SendMessage? {
        guard case .call(.sendMessage(let message)) = delivery else { return nil }
        return message
    }

    private func isNothing(_ delivery: NoticeComposer.Delivery) -> Bool {
        if case .nothing = delivery { true } else { false }
    }

    @Test func `a new episode waits for the end of quiet hours, looked at again every half an hour`() async throws {
        let told = draft(try await newEpisode(), .digests)
        #expect(message(try await composer.delivery(of: told, now: night)) != nil)
        try await choose(.quietHours(QuietHours("23-8")))
        guard case .later(let soon) = try await composer.delivery(of: told, now: night) else {
            Issue.record("it does not wait")
            return
        }
        #expect(soon == night.addingTimeInterval(30 * 60))
        let morning = night.addingTimeInterval(8.5 * 3_600)
        guard case .later(let end) = try await composer.delivery(of: told, now: morning.addingTimeInterval(-60)) else {
            Issue.record("it does not wait to the end")
            return
        }
        #expect(end == morning)
        #expect(message(try await composer.delivery(of: told, now: morning))?.disableNotification == nil)
    }

    @Test func `who ends the quiet hours is told`() async throws {
        let told = draft(try await newEpisode(), .digests)
        try await choose(.quietHours(QuietHours("23-8")))
        try await choose(.quietHours(nil))
        #expect(message(try await composer.delivery(of: told, now: night)) != nil)
    }

    @Test func `the member's own zone goes before the club's`() async throws {
        let told = draft(try await newEpisode(), .digests)
        try await choose(.quietHours(QuietHours("23-2")))
        try await choose(.timeZone("Asia/Omsk"))
        #expect(message(try await composer.delivery(of: told, now: night)) != nil)
        guard case .later = try await composer.delivery(of: told, now: night.addingTimeInterval(-3 * 3_600)) else {
            Issue.record("it is 23:30 in Omsk")
            return
        }
    }

    @Test func `an alert comes in quiet hours, without a sound`() async throws {
        try await choose(.quietHours(QuietHours("23-8")))
        #expect(
            message(try await composer.delivery(of: draft(.roleChanged(.host)), now: night))?.disableNotification
                == true
        )
        let noon = night.addingTimeInterval(12 * 3_600)
        #expect(
            message(try await composer.delivery(of: draft(.roleChanged(.host)), now: noon))?.disableNotification == nil
        )
    }

    @Test func `an answer is never held nor silenced`() async throws {
        try await choose(.quietHours(QuietHours("23-8")))
        let answer = OutgoingCall.sendMessage(SendMessage(chatId: Visitor.member.id, text: "hello"))
        let row = OutboxDraft(dedupeKey: "a", chat: Visitor.member.chat, lane: .answers, body: try answer.body)
        guard case .call(let call) = try await composer.delivery(of: row, now: night) else {
            Issue.record("it is held")
            return
        }
        #expect(call == answer)
    }

    @Test func `what somebody does not want is not sent, also where it waited when they said so`() async throws {
        let told = draft(try await newEpisode(), .digests)
        try await choose(.notices(.newEpisodes, isWanted: false))
        #expect(isNothing(try await composer.delivery(of: told, now: night)))

        let asked = draft(.joinRequested(try await talk.member(.member).id), to: .owner)
        #expect(message(try await composer.delivery(of: asked, now: night)) != nil)
        try await choose(.notices(.joining, isWanted: false), .owner)
        #expect(isNothing(try await composer.delivery(of: asked, now: night)))
    }

    @Test func `who is no admin or no member any more is told nothing that is not theirs`() async throws {
        let episode = draft(try await newEpisode(), .digests)
        #expect(isNothing(try await composer.delivery(of: draft(.joinRequested(talk.member(.owner).id)), now: night)))
        _ = try await talk.taps(.personal(.leave(isConfirmed: true)), .member)
        #expect(isNothing(try await composer.delivery(of: episode, now: night)))
    }

    @Test func `an episode that was taken out meanwhile is not announced`() async throws {
        let notice = try await newEpisode()
        let told = draft(notice, .digests)
        #expect(try #require(message(try await composer.delivery(of: told, now: night))).text.contains("Pilot"))
        _ = try await talk.change(talk.podcast(1)) { $0.status = .unpublished }
        #expect(isNothing(try await composer.delivery(of: told, now: night)))
    }
}
