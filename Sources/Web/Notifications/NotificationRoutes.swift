import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/notifications…`: what the member who asks was told.
struct NotificationRoutes: Sendable {
    /// How many entries a list has where nobody says how many.
    private static let defaultLimit = 30

    /// A part of the list, with how many entries of the whole list are unread.
    private struct ListWithUnread: Encodable {
        enum CodingKeys: CodingKey {
            case items, nextCursor, unread
        }

        var items: [NotificationAnswer]
        var next: PageCursor?
        var unread: Int

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(items, forKey: .items)
            try container.encode(next?.text, forKey: .nextCursor)
            try container.encode(unread, forKey: .unread)
        }
    }

    let services: WebServices

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/notifications", list)
        routes.members(.post, "/api/notifications/read-all", readAll)
        routes.members(.post, "/api/notifications/{id}/read", read)
    }

    @Sendable private func list(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try PageRequest(try request.fields(), limit: Self.defaultLimit)
        let list = services.notifications
        let page = try await list.lines(of: asker.member, after: wanted.cursor, limit: wanted.limit)
        return try .json(
            ListWithUnread(
                items: page.items.map { NotificationAnswer($0, services.phrases, context.language) },
                next: page.next,
                unread: try await list.unread(of: asker.member)
            )
        )
    }

    @Sendable private func read(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = NotificationID(rawValue: try context.parameters.require("id"))
        try await services.notifications.read(id, by: asker.member)
        return .noContent()
    }

    @Sendable private func readAll(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await services.notifications.readAll(by: asker.member)
        return .noContent()
    }
}

/// An entry of the list as the API shows it.
struct NotificationAnswer: Encodable {
    var id: String
    var kind: String
    /// In the member's language.
    var text: String
    var createdAt: Date
    /// Nil as long as it is unread.
    var readAt: Date?
    /// The episode that it is about, where that can be looked at.
    var podcastId: String?

    init(_ line: NotificationList.Line, _ phrases: Phrasebook, _ language: Language) {
        id = line.notification.id.rawValue
        kind = line.kind
        text = phrases.text(line, language)
        createdAt = line.notification.createdAt
        readAt = line.notification.readAt
        podcastId = line.podcast?.rawValue
    }
}
