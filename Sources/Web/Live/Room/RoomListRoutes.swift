import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// What was written in a show's room, and who is or was there.
struct RoomListRoutes: Sendable {
    private struct ParticipantAnswer: Encodable {
        let userId: String
        let name: String
        let username: String?
        let onStage: Bool
    }

    /// How many items a list has where nobody says how many.
    private static let defaultLimit = 50

    let services: WebServices

    func add(to routes: inout RouteTable) {
        let path = "/api/live-sessions/sessions/{id}"
        routes.members(.get, "\(path)/messages", messages)
        routes.members(.delete, "\(path)/messages/{message_id}", delete)
        routes.members(.get, "\(path)/participants", participants)
    }

    /// The newest first. A cursor is made of a message's moment and number.
    @Sendable private func messages(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try PageRequest(try request.fields(), limit: Self.defaultLimit)
        let before = wanted.cursor.map { Int($0.id) }
        if let before, before == nil { throw RequestFault.invalidField("cursor") }
        let show = try await show(context, asker)
        let found = try await services.store.chatMessages.page(
            of: show.id,
            before: before ?? nil,
            limit: wanted.limit + 1
        )
        let page = found.reversed().prefix(wanted.limit)
        let next = found.count > wanted.limit ? page.last.map { PageCursor(time: $0.at, id: "\($0.seq)") } : nil
        let items = page.compactMap { RoomFrame.Message($0.message, seq: $0.seq) }
        return try .json(ListAnswer(items: items, next: next))
    }

    /// Takes a message away, also when the show is over; nothing where it is gone already.
    @Sendable private func delete(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = LiveSessionID(rawValue: try context.parameters.require("id"))
        let message = RoomMessageID(rawValue: try context.parameters.require("message_id"))
        _ = try await services.shows.session(id, for: asker.member)
        try await services.rooms.perform(.deleteMessage(message), by: RoomActor(RoomPerson(asker.member)), in: id)
        return .noContent()
    }

    /// By their ids; a cursor is made of the last one's.
    @Sendable private func participants(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try PageRequest(try request.fields(), limit: Self.defaultLimit)
        let show = try await show(context, asker)
        let all =
            switch show.status {
            case .scheduled, .live: try await services.rooms.present(in: show.id)
            case .ended, .recorded, .cancelled: try await services.rooms.attended(show.id)
            }
        let rest = all.drop { participant in
            wanted.cursor.map { !RecordKey.precedes($0.id, participant.member.rawValue) } ?? false
        }
        let page = rest.prefix(wanted.limit)
        var items: [ParticipantAnswer] = []
        for participant in page {
            let member = try await services.directory.find(.id(participant.member))
            items.append(
                ParticipantAnswer(
                    userId: participant.member.rawValue,
                    name: member?.name ?? "",
                    username: member?.username,
                    onStage: participant.isOnStage
                )
            )
        }
        let start = Date(timeIntervalSince1970: 0)
        let next = rest.count > page.count ? page.last.map { PageCursor(time: start, id: $0.member.rawValue) } : nil
        return try .json(ListAnswer(items: items, next: next))
    }

    /// The show, where the one who asks may know what is said in it: who was removed may again when it is over.
    private func show(_ context: WebContext, _ asker: SignedIn) async throws -> LiveSession {
        let id = LiveSessionID(rawValue: try context.parameters.require("id"))
        let show = try await services.shows.session(id, for: asker.member)
        switch show.status {
        case .ended, .recorded, .cancelled: return show
        case .scheduled, .live: break
        }
        do throws(ChangeFailure) {
            try await services.rooms.admit(RoomPerson(asker.member), to: id)
        } catch .refused(.room(.over)) {
            // It has ended at this very moment.
        }
        return show
    }
}
