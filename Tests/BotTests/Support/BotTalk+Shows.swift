import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Shows in a talk.
extension BotTalk {
    static let host = Visitor(id: 40, name: "Hanna", username: "hanna")
    /// The channel's post under which people tap.
    static let announcement: Int64 = 500

    /// The club with a host besides.
    func openForShows() async throws {
        try await open()
        try await admit(Self.host, role: .host)
        let place = ChatPlace(chat: Fixtures.channel, title: "Records", handle: nil)
        try await club.services.clubChats.learn(channel: place)
    }

    /// Plans a show of the host, two hours after the clock's beginning where nothing else is said.
    @discardableResult
    func plan(
        _ title: String = "Ночной эфир",
        in seconds: TimeInterval = 7_200,
        isWeekly: Bool = false,
        by visitor: Visitor = BotTalk.host
    ) async throws -> LiveSession {
        let start = club.clock.now.addingTimeInterval(seconds)
        let plan = ShowPlan(title: title, startsAt: start, repeatsWeekly: isWeekly)
        let cause = club.cause("plan \(title) \(UUID())")
        return try await club.services.shows.schedule(plan, by: member(visitor), cause: cause)
    }

    func start(_ show: LiveSession, by visitor: Visitor = BotTalk.host) async throws {
        _ = try await club.services.shows.start(show.id, by: member(visitor), cause: club.cause("start \(show.id)"))
    }

    func end(_ show: LiveSession, by visitor: Visitor = BotTalk.host) async throws {
        _ = try await club.services.shows.end(show.id, by: member(visitor), cause: club.cause("end \(show.id)"))
    }

    /// The show as it stands.
    func show(_ id: LiveSessionID) async throws -> LiveSession {
        try #require(try await club.services.shows.find(id))
    }

    /// All shows ahead.
    func showsAhead() async throws -> [LiveSession] {
        try await club.services.shows.list(.upcoming, from: .first, limit: 50).items
    }

    func answer(of visitor: Visitor, to show: LiveSession) async throws -> RSVP? {
        try await club.services.shows.rsvp(of: member(visitor).id, for: show.id)
    }

    // MARK: Acting

    /// Taps a button under a message whose text Telegram tells, as it does; `message`: its number.
    func presses(
        _ label: String,
        under screen: Seen.Screen,
        _ visitor: Visitor,
        message: Int64 = BotTalk.tapped
    ) async throws -> Seen {
        let place: [String: Any] = [
            "message_id": message, "date": 1, "chat": ["id": visitor.id, "type": "private"], "text": try screen.text,
        ]
        let query: [String: Any] = [
            "id": "query", "from": visitor.user, "data": try screen.data(label), "message": place,
        ]
        return try await handle(update("callback_query", query))
    }

    func presses(_ label: ShowTalkPhrase, under screen: Seen.Screen, _ visitor: Visitor) async throws -> Seen {
        try await presses(club.phrases.text(label, visitor.language), under: screen, visitor)
    }

    /// Taps under a post in the channel.
    func tapsInChannel(_ data: String, _ visitor: Visitor, type: String = "channel") async throws -> Seen {
        let place: [String: Any] = [
            "message_id": Self.announcement, "date": 1, "chat": ["id": Fixtures.channel.rawValue, "type": type],
        ]
        let query: [String: Any] = ["id": "query", "from": visitor.user, "data": data, "message": place]
        return try await handle(update("callback_query", query))
    }

    /// Replies to a question of the bot; nil: with something that is no text.
    func replies(_ text: String?, to question: Seen.Screen, _ visitor: Visitor) async throws -> Seen {
        let bot: [String: Any] = ["id": 99, "is_bot": true, "first_name": "FOMO", "username": "Podcast_FOMO_bot"]
        let asked: [String: Any] = ["message_id": 8, "date": 1, "from": bot, "text": try question.text]
        var content: [String: Any] = ["reply_to_message": asked]
        content["text"] = text
        return try await handle(message(from: visitor, content))
    }
}
