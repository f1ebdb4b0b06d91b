import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// What the bot tells of rooms, from round to round, as the outbox would send it.
final class RoomTalk: Sendable {
    /// The message that the first card becomes; later ones have the numbers after it.
    static let firstMessage: Int64 = 900

    let talk: BotTalk
    let telling: RoomTelling
    private let state = Mutex((round: RoomTellingRound(), nextMessage: RoomTalk.firstMessage))

    init(_ talk: BotTalk) {
        self.talk = talk
        telling = RoomTelling(
            herald: talk.club.herald,
            directory: talk.club.directory,
            services: talk.club.services,
            clock: talk.club.clock,
            outage: talk.club.outage
        )
    }

    var rooms: LiveRooms { talk.club.services.rooms }

    /// Tells what is due, and sends everything about rooms.
    func told() async throws -> [Seen.Screen] {
        var round = state.withLock(\.round)
        await telling.work(&round)
        let after = round
        state.withLock { $0.round = after }
        return try await sent()
    }

    /// The same after so much time that every message may be edited again.
    func toldLater() async throws -> [Seen.Screen] {
        talk.club.clock.advance(by: RoomTelling.pace)
        return try await told()
    }

    /// Sends everything about rooms that waits in the outbox.
    func sent() async throws -> [Seen.Screen] {
        var screens: [Seen.Screen] = []
        for draft in try await talk.club.takeOutbox() {
            guard case .notice(let notice) = draft.body, case .room = notice,
                let reply = try await talk.composer.reply(notice, in: draft.chat)
            else { continue }
            let seen = Seen([reply.call(in: draft.chat)]).screens
            screens += seen
            let message =
                seen.first?.changed
                ?? state.withLock { state in
                    defer { state.nextMessage += 1 }
                    return state.nextMessage
                }
            try await talk.composer.sent(notice, in: draft.chat, as: message)
        }
        return screens
    }

    /// Does something in the room as if its page were used.
    func perform(_ command: RoomCommand, _ visitor: Visitor, in show: LiveSession) async throws {
        let actor = RoomActor(RoomPerson(try await talk.member(visitor)))
        try await rooms.perform(command, by: actor, in: show.id)
    }

    /// Comes into the room.
    func enter(
        _ visitor: Visitor,
        _ connection: String,
        by device: DeviceKind = .browser,
        in show: LiveSession
    ) async throws {
        let actor = RoomActor(RoomPerson(try await talk.member(visitor)))
        try await rooms.enter(ConnectionID(rawValue: connection), device, by: actor, in: show.id)
    }

    func place(of visitor: Visitor, in show: LiveSession) async throws -> RoomSnapshot.Place {
        try await room(visitor, in: show).you.place
    }

    func room(_ visitor: Visitor, in show: LiveSession) async throws -> RoomSnapshot {
        try await rooms.snapshot(of: show.id, for: RoomPerson(try await talk.member(visitor)))
    }

    /// A show that is live, begun in the chat.
    func live(_ title: String = "Ночной эфир", by visitor: Visitor = BotTalk.host) async throws -> LiveSession {
        let show = try await talk.plan(title, in: 60, by: visitor)
        try await talk.start(show, by: visitor)
        let actor = RoomActor(RoomPerson(try await talk.member(visitor)), by: .messenger)
        try await rooms.follow(show.id, by: actor)
        _ = try await talk.club.takeOutbox()
        return try await talk.show(show.id)
    }

    func end(_ show: LiveSession) async throws {
        try await talk.end(show)
        try await rooms.follow(show.id)
    }
}
