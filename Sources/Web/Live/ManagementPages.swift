import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/live-management`: where hosts and admins plan, begin, end and cancel shows. Works without scripts.
struct ManagementPages: Sendable {
    /// What was done last, as the address says it.
    enum Done: String {
        case planned, saved, started, ended, cancelled
    }

    /// What is asked about before it is done.
    enum Step: String, CaseIterable {
        case start, end, cancel
    }

    private struct OverviewView {
        var done: String?
        var trouble: String?
        var live: [ShowView]
        var upcoming: [ShowView]
        var isEmpty: Bool
        var mayPlan: Bool
        var zone: String
    }

    private struct QuestionView {
        var show: ShowView
        var heading: String
        var text: String
        var action: String
        var submit: String
        /// Asks the same about all shows of a weekly one; nil where there is nothing to choose.
        var series: String?
    }

    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        routes.pages(.get, "/live-management", overview)
        routes.pages(.get, "/live-management/new", emptyForm)
        routes.pages(.post, "/live-management/new", plan)
        routes.pages(.get, "/live-management/{id}", filledForm)
        routes.pages(.post, "/live-management/{id}", save)
        for step in Step.allCases {
            let path = "/live-management/{id}/\(step.rawValue)"
            routes.pages(.get, path) { try await ask(step, $1, $2) }
            routes.pages(.post, path) { try await take(step, $0, $1, $2) }
        }
    }

    // MARK: What there is

    @Sendable private func overview(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let done = try request.fields()["done"].flatMap(Done.init)
        return try await overview(context, asker, done: done)
    }

    /// The shows that the asker may run. Of cancelled and past ones, `/lives` and the bot tell.
    private func overview(
        _ context: WebContext,
        _ asker: SignedIn,
        done: Done? = nil,
        trouble: Refusal? = nil
    ) async throws -> Response {
        let sessions = try await services.shows.runnable(by: asker.member)
        guard asker.member.role >= .host || !sessions.isEmpty || trouble != nil else { throw Refusal.notAllowed }
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        let shows = try await services.facts(of: sessions, for: asker.member).map { ShowView($0, clock: clock) }
        let view = OverviewView(
            done: done.map { pages.text(phrase(of: $0), context) },
            trouble: trouble.map { services.phrases.text($0, context.language, zone: clock.zone) },
            live: shows.filter(\.isLive),
            upcoming: shows.filter { !$0.isLive },
            isEmpty: shows.isEmpty,
            mayPlan: asker.member.role >= .host,
            zone: pages.text(.livesZone, context, ["zone": clock.zoneName])
        )
        let page = pages.render(.management, title: pages.text(.manageTitle, context), view, context)
        return .page(page, status: trouble?.status ?? .ok)
    }

    private func phrase(of done: Done) -> WebPhrase {
        switch done {
        case .planned: .manageDonePlanned
        case .saved: .manageDoneSaved
        case .started: .manageDoneStarted
        case .ended: .manageDoneEnded
        case .cancelled: .manageDoneCancelled
        }
    }

    // MARK: Beginning, ending, cancelling

    /// Asks whether it is really to be done: none of it can be taken back.
    private func ask(_ step: Step, _ context: WebContext, _ asker: SignedIn) async throws -> Response {
        let session = try await services.shows.session(id(context), for: asker.member)
        guard step == .cancel ? session.mayManage(asker.member) : session.mayRun(asker.member) else {
            throw Refusal.notAllowed
        }
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        let facts = try await services.facts(of: session, for: asker.member)
        let (heading, text, submit): (WebPhrase, WebPhrase, WebPhrase)
        switch step {
        case .start: (heading, text, submit) = (.manageStartHeading, .manageStartText, .manageStart)
        case .end: (heading, text, submit) = (.manageEndHeading, .manageEndText, .manageEnd)
        case .cancel: (heading, text, submit) = (.manageCancelHeading, .manageCancelText, .manageCancelYes)
        }
        let hasSeries = step == .cancel && session.repeatsWeekly
        let view = QuestionView(
            show: ShowView(facts, clock: clock),
            heading: pages.text(heading, context),
            text: pages.text(hasSeries ? .manageCancelWeeklyText : text, context),
            action: "/live-management/\(session.id)/\(step.rawValue)",
            submit: pages.text(hasSeries ? .manageCancelOne : submit, context),
            series: hasSeries ? pages.text(.manageCancelSeries, context) : nil
        )
        return .page(pages.render(.question, title: view.heading, view, context))
    }

    private func take(
        _ step: Step,
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let (id, member, cause) = (try id(context), asker.member, services.cause())
        let isSeries = try await request.form()["series"] == "true"
        do {
            if step != .cancel { try await services.rooms.checkRunner(member, of: id) }
            switch step {
            case .start: _ = try await services.shows.start(id, by: member, cause: cause)
            case .end: _ = try await services.shows.end(id, by: member, cause: cause)
            case .cancel:
                _ = try await services.shows.cancel(id, isSeries ? .series : .occurrence, by: member, cause: cause)
            }
        } catch {
            guard case .refused(let refusal) = error, refusal != .notAllowed, refusal != .notFound else { throw error }
            return try await overview(context, asker, trouble: refusal)
        }
        let done: Done
        switch step {
        case .start: done = .started
        case .end: done = .ended
        case .cancel: done = .cancelled
        }
        return back(done)
    }

    func back(_ done: Done) -> Response {
        .seeOther("/live-management?done=\(done.rawValue)")
    }

    func id(_ context: WebContext) throws -> LiveSessionID {
        LiveSessionID(rawValue: try context.parameters.require("id"))
    }
}
