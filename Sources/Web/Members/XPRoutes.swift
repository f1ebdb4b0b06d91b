import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/xp…`: boards, levels, and what one's XP is for.
struct XPRoutes: Sendable {
    /// How many entries a list has where nobody says how many.
    private static let defaultLimit = 30
    /// Nobody looks further down a board.
    private static let deepest = 20_000

    private struct Row: Encodable {
        var place: Int
        /// Within the board's time.
        var xp: Int
        var member: FellowAnswer
    }

    private struct Board: Encodable {
        enum CodingKeys: CodingKey {
            case period, items, nextCursor, own
        }

        struct Own: Encodable {
            var place: Int
            var xp: Int
        }

        var period: String
        var items: [Row]
        var next: Int?
        var own: Own?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(period, forKey: .period)
            try container.encode(items, forKey: .items)
            try container.encode(next.map(String.init), forKey: .nextCursor)
            try container.encode(own, forKey: .own)
        }
    }

    private struct Levels: Encodable {
        var items: [LevelAnswer]
    }

    let services: WebServices

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/xp/leaderboard", board)
        routes.members(.get, "/api/xp/levels", levels)
        routes.members(.get, "/api/xp/{id}/progress", progress)
        routes.members(.get, "/api/xp/{id}/history", history)
    }

    @Sendable private func board(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let limit = try Self.limit(fields)
        let skipped = fields["cursor"].flatMap { $0.isEmpty ? nil : $0 } ?? "0"
        guard let skipping = Int(skipped), (0...Self.deepest).contains(skipping) else {
            throw RequestFault.invalidField("cursor")
        }
        guard let span = BoardSpan(rawValue: fields["period"] ?? BoardSpan.allTime.rawValue) else {
            throw RequestFault.invalidField("period")
        }
        let part = try await services.boards.part(span, after: skipping, limit: limit)
        let progress = try await services.progress.progress(of: part.rows.map(\.member.id))
        let rows = part.rows.map { row in
            let member = FellowAnswer(row.member, progress[row.member.id], services.phrases, context.language)
            return Row(place: row.place, xp: row.xp, member: member)
        }
        var own: Board.Own?
        if !asker.member.settings.isHidden, let place = try await services.boards.place(of: asker.member.id, span) {
            own = Board.Own(place: place.place, xp: place.xp)
        }
        return try .json(Board(period: span.rawValue, items: rows, next: part.next, own: own))
    }

    @Sendable private func levels(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try .json(Levels(items: Level.allCases.map { LevelAnswer($0, services.phrases, context.language) }))
    }

    @Sendable private func progress(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let member = try await subject(context, asker)
        let progress = try await services.progress.progress(of: member.id)
        return try .json(ProgressAnswer(member, progress, services.phrases, context.language))
    }

    @Sendable private func history(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let limit = try Self.limit(fields)
        var start = PageStart.first
        if let text = fields["cursor"], !text.isEmpty {
            guard let cursor = PageCursor(text: text) else { throw RequestFault.invalidField("cursor") }
            start = .after(cursor)
        }
        let member = try await subject(context, asker)
        let page = try await services.history.groups(of: member.id, from: start, limit: limit)
        let words = XPWords(phrases: services.phrases, language: context.language)
        let items = page.items.flatMap { group in group.lines.map { LineAnswer($0, of: group, words) } }
        return try .json(ListAnswer(items: items, next: page.next))
    }

    /// Oneself, or for admins anybody: what somebody's XP is for concerns nobody else.
    private func subject(_ context: WebContext, _ asker: SignedIn) async throws -> Member {
        let id = MemberID(rawValue: try context.parameters.require("id"))
        guard id == asker.member.id || asker.member.isAdmin else { throw Refusal.notAllowed }
        return try await services.directory.fellow(id, for: asker.member)
    }

    private static func limit(_ fields: FormFields) throws(RequestFault) -> Int {
        guard let written = fields["limit"], !written.isEmpty else { return defaultLimit }
        guard let limit = Int(written), PageRequest.limits.contains(limit) else { throw .invalidField("limit") }
        return limit
    }
}
