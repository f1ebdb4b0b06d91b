import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/notifications`: what the member was told.
struct NotificationPages: Sendable {
    private static let pageSize = 30

    private struct EntryView {
        var id: String
        var text: String
        var time: String
        /// For programs, in ISO 8601.
        var moment: String
        var link: String?
        var isUnread: Bool
    }

    private struct View {
        var count: String
        var entries: [EntryView]
        var isEmpty: Bool
        var hasUnread: Bool
        var moreLink: String?
        var firstLink: String?
    }

    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        routes.pages(.get, "/notifications", show)
        routes.pages(.post, "/notifications", read)
    }

    @Sendable private func show(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try PageRequest(try request.fields(), limit: Self.pageSize)
        let page = try await services.notifications.lines(of: asker.member, after: wanted.cursor, limit: wanted.limit)
        let zone = asker.member.settings.zone(clubZone: try await services.library.zone())
        let view = View(
            count: context.unread == 0
                ? pages.text(.notificationsAllRead, context)
                : pages.text(.notificationsUnread, context, count: context.unread),
            entries: page.items.map { entry($0, context, zone: zone) },
            isEmpty: page.items.isEmpty,
            hasUnread: context.unread > 0,
            moreLink: page.next.map { "/notifications?cursor=\(FormFields.encoded($0.text))" },
            firstLink: wanted.cursor == nil ? nil : "/notifications"
        )
        return .page(pages.render(.notifications, title: pages.text(.notificationsTitle, context), view, context))
    }

    /// A form without scripts: marks the entry `id` as read, or all.
    @Sendable private func read(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        if let id = try await request.form()["id"], !id.isEmpty {
            try await services.notifications.read(NotificationID(rawValue: id), by: asker.member)
        } else {
            try await services.notifications.readAll(by: asker.member)
        }
        return .seeOther("/notifications")
    }

    private func entry(_ line: NotificationList.Line, _ context: WebContext, zone: TimeZone) -> EntryView {
        let at = line.notification.createdAt
        return EntryView(
            id: line.notification.id.rawValue,
            text: services.phrases.text(line, context.language),
            time: Phrasebook.moment(at, language: context.language, zone: zone),
            moment: at.formatted(.iso8601),
            link: line.podcast.map { "/podcast/\($0)" },
            isUnread: line.isUnread
        )
    }
}
