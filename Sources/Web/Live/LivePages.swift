import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/lives`: what is live, what comes, what was, and the answers to announcements. Everything works without scripts
/// too; with them, an answer does not load the page anew.
struct LivePages: Sendable {
    /// How many shows a part of the page has.
    private static let pageSize = 20
    /// How many past shows stand below those to come.
    private static let pastSize = 6

    private struct LivesView {
        var zone: String
        /// Why the last answer was not taken.
        var trouble: String?
        var live: [ShowView]
        var upcoming: [ShowView]
        var past: [ShowView]
        /// The page's own address, for the answers' way back.
        var here: String
        var isFirst: Bool
        /// Whether nothing is live or to come.
        var isEmpty: Bool
        var isBeyondEnd: Bool
        var mayPlan: Bool
        var moreUpcoming: String?
        var morePast: String?
    }

    /// Which part of the page somebody looks at.
    private enum Part: String {
        case upcoming, past
    }

    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        routes.pages(.get, "/lives", lives)
        routes.pages(.post, "/lives/{id}/rsvp", answer)
        // Where one comes who had to sign in before the answer could be taken.
        routes.pages(.get, "/lives/{id}/rsvp") { _, _, _ in .seeOther("/lives") }
    }

    @Sendable private func lives(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let written = fields["list"] ?? ""
        guard let part = written.isEmpty ? .upcoming : Part(rawValue: written) else {
            throw RequestFault.invalidField("list")
        }
        let wanted = try PageRequest(fields, limit: Self.pageSize)
        guard !written.isEmpty || wanted.cursor != nil else { return try await first(context, asker) }
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        let listing: LiveSessionListing = part == .past ? .past : .upcoming
        let start = wanted.cursor.map(PageStart.after) ?? .first
        let page = try await services.shows.list(listing, from: start, limit: Self.pageSize)
        let shows = try await views(page.items, asker.member, clock)
        let more = page.next.map { Self.address(part, $0) }
        let view = LivesView(
            zone: zone(clock, context),
            live: [],
            upcoming: part == .upcoming ? shows : [],
            past: part == .past ? shows : [],
            here: LocalPath(of: request).text,
            isFirst: false,
            isEmpty: false,
            isBeyondEnd: shows.isEmpty,
            mayPlan: false,
            moreUpcoming: part == .upcoming ? more : nil,
            morePast: part == .past ? more : nil
        )
        return .page(pages.render(.lives, title: pages.text(.livesTitle, context), view, context))
    }

    /// The page's beginning: what is live, what comes next, and the last that were.
    private func first(
        _ context: WebContext,
        _ asker: SignedIn,
        trouble: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        let live = try await services.shows.list(.live, from: .first, limit: Self.pageSize)
        let ahead = try await services.shows.list(.upcoming, from: .first, limit: Self.pageSize)
        let past = try await services.shows.list(.past, from: .first, limit: Self.pastSize)
        let scheduled = ahead.items.filter { $0.status == .scheduled }
        let view = LivesView(
            zone: zone(clock, context),
            trouble: trouble,
            live: try await views(live.items, asker.member, clock),
            upcoming: try await views(scheduled, asker.member, clock),
            past: try await views(past.items, asker.member, clock),
            here: "/lives",
            isFirst: true,
            isEmpty: live.items.isEmpty && scheduled.isEmpty,
            isBeyondEnd: false,
            mayPlan: asker.member.role >= .host,
            moreUpcoming: ahead.next.map { Self.address(.upcoming, $0) },
            morePast: past.next.map { Self.address(.past, $0) }
        )
        let page = pages.render(.lives, title: pages.text(.livesTitle, context), view, context)
        return .page(page, status: status)
    }

    /// Takes an answer and leads back to where it was given.
    @Sendable private func answer(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = LiveSessionID(rawValue: try context.parameters.require("id"))
        let form = try await request.form()
        let (coming, remind) = (try Self.choice("coming", form), try Self.choice("remind", form))
        guard coming != nil || remind != nil else { throw RequestFault.invalidField("coming") }
        do {
            _ = try await services.shows.rsvp(
                id,
                isComing: coming,
                wantsReminders: remind,
                by: asker.member,
                cause: services.cause()
            )
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            let trouble = services.phrases.text(refusal, context.language, zone: try await services.shows.zone())
            return try await first(context, asker, trouble: trouble, status: refusal.status)
        }
        let back = form["next"].flatMap(LocalPath.init)?.text ?? "/lives"
        return .seeOther("\(back)#show-\(id)")
    }

    private func views(_ sessions: [LiveSession], _ member: Member, _ clock: ShowClock) async throws -> [ShowView] {
        var views: [ShowView] = []
        for facts in try await services.facts(of: sessions, for: member) {
            let recording = try await services.recording(of: facts.session, for: member)
            views.append(ShowView(facts, clock: clock, recording: recording))
        }
        return views
    }

    private func zone(_ clock: ShowClock, _ context: WebContext) -> String {
        pages.text(.livesZone, context, ["zone": clock.zoneName])
    }

    private static func address(_ part: Part, _ cursor: PageCursor) -> String {
        "/lives?list=\(part.rawValue)&cursor=\(FormFields.encoded(cursor.text))"
    }

    private static func choice(_ name: String, _ form: FormFields) throws(RequestFault) -> Bool? {
        switch form[name] {
        case nil: return nil
        case "1": return true
        case "0": return false
        case .some: throw .invalidField(name)
        }
    }
}
