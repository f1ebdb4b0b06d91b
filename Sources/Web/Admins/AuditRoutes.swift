import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/admin/audit`: who did what, for admins.
struct AuditRoutes: Sendable {
    /// How many entries a list has where nobody says how many.
    private static let defaultLimit = 50

    let services: WebServices

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/admin/audit", list)
    }

    @Sendable private func list(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try PageRequest(try request.fields(), limit: Self.defaultLimit)
        let page = try await AuditLog(store: services.store)
            .lines(for: asker.member, after: wanted.cursor, limit: wanted.limit)
        return try .json(ListAnswer(items: page.items.map(AuditAnswer.init), next: page.next))
    }
}

/// An entry of the audit as the API shows it.
struct AuditAnswer: Encodable {
    struct PersonAnswer: Encodable {
        var userId: String
        /// Nil where the person is not known any more.
        var name: String?
    }

    struct SubjectAnswer: Encodable {
        var kind: String
        var id: String?
        var name: String?
    }

    var id: String
    var at: Date
    var action: String
    /// Nil where nobody of the club did it.
    var actor: PersonAnswer?
    var subject: SubjectAnswer
    var details: [String: String]

    init(_ line: AuditLog.Line) {
        id = line.entry.id.rawValue
        at = line.entry.at
        action = line.entry.action.rawValue
        actor = line.entry.actor.map { PersonAnswer(userId: $0.rawValue, name: line.actor?.name) }
        subject = SubjectAnswer(
            kind: line.entry.subject.kind,
            id: line.entry.subject.id,
            name: line.subject?.name ?? line.episode
        )
        details = line.entry.details
    }
}
