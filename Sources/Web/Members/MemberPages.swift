import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/members`: the club's boards, and members by name.
struct MemberPages: Sendable {
    private static let pageSize = 30
    /// Nobody looks further down a board.
    private static let deepest = 20_000

    private struct SpanView {
        var label: String
        var link: String
        var isChosen: Bool
    }

    private struct RowView {
        /// Nil where it is no board.
        var place: String?
        var name: String
        var handle: String?
        var level: String
        var levelName: String
        /// In words; nil without any.
        var badges: String?
        var xp: String
        var isOwn: Bool
    }

    private struct View {
        var query: String
        var isSearch: Bool
        var spans: [SpanView]
        var own: String?
        var rows: [RowView]
        var isEmpty: Bool
        var moreLink: String?
        var firstLink: String?
    }

    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        routes.pages(.get, "/members", show)
    }

    @Sendable private func show(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let query = fields["q"]?.trimmingCharacters(in: .whitespaces) ?? ""
        let span = BoardSpan(rawValue: fields["period"] ?? "") ?? .allTime
        let written = fields["cursor"].flatMap { $0.isEmpty ? nil : $0 } ?? "0"
        guard let skipped = Int(written), (0...Self.deepest).contains(skipped) else {
            throw RequestFault.invalidField("cursor")
        }
        let isSearch = !SearchTokeniser.query(query).isEmpty
        let view =
            isSearch
            ? try await found(query, context, asker.member)
            : try await board(span, after: skipped, context, asker.member)
        return .page(pages.render(.members, title: pages.text(.membersTitle, context), view, context))
    }

    private func board(
        _ span: BoardSpan,
        after skipped: Int,
        _ context: WebContext,
        _ reader: Member
    ) async throws -> View {
        let part = try await services.boards.part(span, after: skipped, limit: Self.pageSize)
        let progress = try await services.progress.progress(of: part.rows.map(\.member.id))
        var own: String?
        if reader.settings.isHidden {
            own = pages.text(.membersHidden, context)
        } else if let place = try await services.boards.place(of: reader.id, span) {
            let facts = ["place": "\(place.place)", "xp": XPWords.grouped(place.xp)]
            own = pages.text(.membersOwn, context, facts)
        }
        let rows = part.rows.map { item in
            row(item.member, progress[item.member.id], place: item.place, xp: item.xp, context, reader)
        }
        return View(
            query: "",
            isSearch: false,
            spans: spans(span, context),
            own: own,
            rows: rows,
            isEmpty: rows.isEmpty,
            moreLink: part.next.map { "/members?period=\(span.rawValue)&cursor=\($0)" },
            firstLink: skipped == 0 ? nil : "/members?period=\(span.rawValue)"
        )
    }

    private func found(_ query: String, _ context: WebContext, _ reader: Member) async throws -> View {
        let found = try await services.directory.fellows(query, for: reader, limit: Self.pageSize)
        let progress = try await services.progress.progress(of: found.map(\.id))
        let rows = found.map { row($0, progress[$0.id], place: nil, xp: nil, context, reader) }
        return View(
            query: query,
            isSearch: true,
            spans: spans(nil, context),
            rows: rows,
            isEmpty: rows.isEmpty,
            firstLink: "/members"
        )
    }

    private func row(
        _ member: Member,
        _ progress: MemberProgress?,
        place: Int?,
        xp: Int?,
        _ context: WebContext,
        _ reader: Member
    ) -> RowView {
        let (phrases, language) = (services.phrases, context.language)
        let level = progress?.level ?? .observer
        let badges = (progress?.badges ?? []).map { phrases.text(ProgressPhrase($0.badge), language) }
        return RowView(
            place: place.map(String.init),
            name: member.name,
            handle: member.username.map { "@\($0)" },
            level: "\(level.rawValue)",
            levelName: phrases.text(ProgressPhrase(level), language),
            badges: badges.isEmpty ? nil : badges.joined(separator: " · "),
            xp: XPWords.grouped(xp ?? progress?.xp ?? 0),
            isOwn: member.id == reader.id
        )
    }

    private func spans(_ chosen: BoardSpan?, _ context: WebContext) -> [SpanView] {
        BoardSpan.allCases.map { span in
            let label: WebPhrase =
                switch span {
                case .allTime: .membersAll
                case .week: .membersWeek
                case .season: .membersSeason
                }
            let link = "/members?period=\(span.rawValue)"
            return SpanView(label: pages.text(label, context), link: link, isChosen: span == chosen)
        }
    }
}
