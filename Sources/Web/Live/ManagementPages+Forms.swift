import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Planning shows and changing them.
extension ManagementPages {
    // MARK: A new show

    @Sendable func emptyForm(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        guard asker.member.role >= .host else { throw Refusal.notAllowed }
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        var form = ShowForm(proposing: clock.now, in: clock.zone)
        form.host = asker.member.id.rawValue
        form.policy = (try await services.store.settings.find(.club) ?? ClubSettings()).handPolicy.rawValue
        return try await page(form, nil, request: services.ids.secret(), clock, context, asker)
    }

    @Sendable func plan(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        guard asker.member.role >= .host else { throw Refusal.notAllowed }
        let fields = try await request.form()
        guard let number = fields["request"], number.wholeMatch(of: /[0-9A-Za-z]{1,64}/) != nil else {
            throw RequestFault.invalidField("request")
        }
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        var form = ShowForm(fields)
        let text = { (key: WebPhrase) in pages.text(key, context) }
        let start = form.start(in: clock.zone, known: nil, text) { phrase(of: $0, clock) }
        let (length, policy) = (form.length(text), form.hands(text))
        guard form.isFaultless, let start, let length, let policy else {
            return try await page(form, nil, request: number, clock, context, asker)
        }
        let plan = ShowPlan(
            title: form.title,
            startsAt: start,
            summary: form.summary,
            plannedDuration: length,
            handPolicy: policy,
            repeatsWeekly: form.isWeekly,
            host: form.host.map(MemberID.init)
        )
        do {
            // A form that is sent twice plans one show.
            let cause = Cause(rawValue: "web:plan:\(asker.member.id):\(number)")
            _ = try await services.shows.schedule(plan, by: asker.member, cause: cause)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return try await page(form, nil, refusal: refusal, request: number, clock, context, asker)
        }
        return back(.planned)
    }

    // MARK: A known show

    @Sendable func filledForm(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let session = try await managed(context, asker)
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        return try await page(ShowForm(session, in: clock.zone), session, request: nil, clock, context, asker)
    }

    @Sendable func save(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let session = try await managed(context, asker)
        let clock = try await ShowClock(for: asker.member, services: services, language: context.language)
        var form = ShowForm(try await request.form())
        let text = { (key: WebPhrase) in pages.text(key, context) }
        // What is live cannot be moved: its form does not ask for the time.
        let isLive = session.status == .live
        let start =
            isLive
            ? session.startsAt
            : form.start(in: clock.zone, known: session.startsAt, text) { phrase(of: $0, clock) }
        let (length, policy) = (form.length(text), form.hands(text))
        let coHosts = try await coHosts(of: &form, context)
        guard form.isFaultless, let start, let length, let policy else {
            return try await page(form, session, request: nil, clock, context, asker)
        }
        let edit = ShowEdit(
            title: form.title,
            summary: form.summary,
            plannedDuration: length,
            handPolicy: policy,
            repeatsWeekly: form.isWeekly
        )
        let revision = ShowRevision(
            edit: edit,
            startsAt: start == session.startsAt ? nil : start,
            reach: session.repeatsWeekly && form.movesSeries ? .series : .occurrence,
            coHosts: coHosts
        )
        do {
            _ = try await services.shows.revise(session.id, revision, by: asker.member, cause: services.cause())
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            let known = try await managed(context, asker)
            return try await page(form, known, refusal: refusal, request: nil, clock, context, asker)
        }
        return back(.saved)
    }

    /// The show, where the asker may change it.
    private func managed(_ context: WebContext, _ asker: SignedIn) async throws -> LiveSession {
        let session = try await services.shows.session(id(context), for: asker.member)
        guard session.mayManage(asker.member) else { throw Refusal.notAllowed }
        return session
    }

    /// Those who were ticked and those who were named. A name that nobody has is noted.
    private func coHosts(of form: inout ShowForm, _ context: WebContext) async throws -> [MemberID] {
        var people = form.coHosts.map(MemberID.init)
        for name in form.typedNames.prefix(LiveSession.coHostLimit) {
            guard let person = try await services.directory.active(username: name) else {
                form.note(.people, pages.text(.manageFaultName, context, ["name": "@\(name)"]))
                continue
            }
            people.append(person.id)
        }
        return people
    }

    // MARK: The page

    private func phrase(of refusal: Refusal, _ clock: ShowClock) -> String {
        services.phrases.text(refusal, clock.language, zone: clock.zone)
    }

    private func page(
        _ form: ShowForm,
        _ session: LiveSession?,
        refusal: Refusal? = nil,
        request: String?,
        _ clock: ShowClock,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        var (form, trouble): (ShowForm, String?) = (form, nil)
        if let refusal {
            let text = phrase(of: refusal, clock)
            // Of a show that is there, only co-hosts are chosen.
            if refusal == .noHost, session != nil {
                form.note(.people, text)
            } else if !form.note(refusal, text) {
                trouble = text
            }
        }
        let title = pages.text(session == nil ? .manageNew : .manageEdit, context)
        var view = ShowFormView(
            form,
            heading: title,
            action: session.map { "/live-management/\($0.id)" } ?? "/live-management/new",
            submit: pages.text(session == nil ? .managePlan : .manageSave, context),
            zone: pages.text(.livesZone, context, ["zone": clock.zoneName])
        ) { pages.text($0, context, $1) }
        view.request = request
        view.trouble = trouble
        view.isMovable = session?.status != .live
        view.hasSeries = view.isMovable && session?.repeatsWeekly == true
        let hosts = try await services.store.members.active(atLeast: .host)
        if let session {
            view.coHosts = try await candidates(hosts, session, form)
        } else if asker.member.isAdmin {
            view.hosts = hosts.map { option($0, isChosen: $0.id.rawValue == form.host) }
        }
        let isWrong = !form.isFaultless || trouble != nil
        let status = refusal?.status ?? (isWrong ? .badRequest : .ok)
        return .page(pages.render(.showForm, title: title, view, context), status: status)
    }

    /// Whom the form offers as co-hosts: hosts, and who is one of them already.
    private func candidates(
        _ hosts: [Member],
        _ session: LiveSession,
        _ form: ShowForm
    ) async throws
        -> [ShowFormView.Option]
    {
        var people = hosts.filter { $0.id != session.host }
        for id in session.coHosts where !people.contains(where: { $0.id == id }) {
            if let person = try await services.directory.find(.id(id)) { people.append(person) }
        }
        return people.map { option($0, isChosen: form.coHosts.contains($0.id.rawValue)) }
    }

    private func option(_ member: Member, isChosen: Bool) -> ShowFormView.Option {
        ShowFormView.Option(value: member.id.rawValue, label: member.name, isChosen: isChosen)
    }
}
