import Domain
import Foundation

/// How hosts and admins run their shows. Who may do what is decided by Domain.
extension Conversation {
    /// A show that is to begin within this time is due.
    private static let dueWithin: TimeInterval = 30 * 60

    // MARK: Commands

    func run(_ request: ShowRequest, by member: Member, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        switch request {
        case .newLive(let text): [try await newLive(text, by: member, cause: cause)]
        case .goLive(let title): [.show(try await goLive(title, by: member, cause: cause))]
        case .end: [.show(try await end(for: member))]
        case .lives: [.show(try await lives(page: 0, for: member))]
        case .answered(let answer): [try await take(answer, by: member, cause: cause)]
        case .live, .schedule, .show: try await self.answer(request, of: member, cause: cause)
        }
    }

    /// Begins a show: a new one by its title, else the one that is due; where that is not one, the host chooses.
    private func goLive(_ title: String, by member: Member, cause: Cause) async throws(ChangeFailure) -> Screen {
        guard title.isEmpty else { return try await begin(title, by: member, cause: cause) }
        let shows = try await runnable(by: member)
        if let live = shows.first(where: { $0.status == .live && $0.isRun(by: member) }) {
            return try await managed(live.id, for: member)
        }
        let limit = club.shows.now.addingTimeInterval(Self.dueWithin)
        let planned = shows.filter { $0.status == .scheduled }
        let due = planned.filter { $0.startsAt <= limit && $0.isRun(by: member) }
        if due.count == 1, let show = due.first {
            try await club.rooms.checkRunner(member, of: show.id)
            _ = try await club.shows.start(show.id, by: member, cause: cause)
            return try await managed(show.id, for: member)
        }
        let choice = Array(planned.prefix(ShowScreens.pageSize))
        return try await showScreens(for: member).startChoice(choice, mayBegin: member.role >= .host)
    }

    func begin(_ title: String, by member: Member, cause: Cause) async throws(ChangeFailure) -> Screen {
        let show = try await club.shows.begin(title, by: member, cause: cause)
        return try await managed(show.id, for: member)
    }

    /// Asks whether the live show is to end; where there are several, which.
    private func end(for member: Member) async throws(ChangeFailure) -> Screen {
        let live = try await runnable(by: member).filter { $0.status == .live }
        let own = live.filter { $0.isRun(by: member) }
        let screens = try await showScreens(for: member)
        guard !live.isEmpty else { return Screen(text: screens.say(.endNone)) }
        if let show = own.count == 1 ? own.first : live.count == 1 ? live.first : nil {
            return screens.endQuestion(show)
        }
        return screens.endChoice(Array(live.prefix(ShowScreens.pageSize)))
    }

    /// The shows that a member may run; whoever runs none and is no host is refused.
    private func runnable(by member: Member) async throws(ChangeFailure) -> [LiveSession] {
        let shows = try await club.shows.runnable(by: member)
        guard !shows.isEmpty || member.role >= .host else { throw .refused(.notAllowed) }
        return shows
    }

    // MARK: Buttons

    func run(
        _ button: ShowButton,
        _ tap: Tap,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch button {
        case .lives(let page):
            return [done(tap), .change(tap.message, try await lives(page: page, for: member))]
        case .manage(let id):
            return [done(tap), .change(tap.message, try await managed(id, for: member))]
        case .end(let id, isConfirmed: false), .cancel(let id, nil), .length(let id, nil), .hands(let id, nil),
            .coHosts(let id):
            return [done(tap), .change(tap.message, try await choice(button, id, for: member))]
        case .ask(let field, let id):
            return [done(tap), try await ask(.field(field, id), about: id, of: member)]
        case .move(let id, let pick, let reach):
            return try await move(id, pick, reach, tap, by: member, cause: cause)
        case .removeCoHost(let id, let person):
            _ = try await club.shows.removeCoHost(person, from: id, by: member, cause: cause)
            return [done(tap), .change(tap.message, try await coHosts(of: id, for: member))]
        case .new, .beginNow, .plan, .draft, .dropDraft:
            return try await plan(button, tap, by: member, cause: cause)
        case .schedule, .card, .coming, .reminders, .comeFromChannel, .file:
            return try await answer(button, tap, of: member, cause: cause)
        case .start, .end, .cancel, .length, .hands, .weekly:
            let show = try await carryOut(button, by: member, cause: cause)
            guard let show else { return [stale(tap, member.language)] }
            return [done(tap), .change(tap.message, try await managed(show.id, for: member))]
        }
    }

    /// Does what a button says at once; nil where it says nothing of the kind.
    private func carryOut(
        _ button: ShowButton,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession? {
        let shows = club.shows
        switch button {
        case .start(let id):
            try await club.rooms.checkRunner(member, of: id)
            return try await shows.start(id, by: member, cause: cause)
        case .end(let id, isConfirmed: true):
            try await club.rooms.checkRunner(member, of: id)
            return try await shows.end(id, by: member, cause: cause)
        case .cancel(let id, let reach?): return try await shows.cancel(id, reach, by: member, cause: cause)
        case .length(let id, let minutes?):
            let edit = ShowEdit(plannedDuration: .seconds(minutes * 60))
            return try await shows.edit(id, edit, by: member, cause: cause)
        case .hands(let id, let policy?):
            return try await shows.edit(id, ShowEdit(handPolicy: policy), by: member, cause: cause)
        case .weekly(let id, let isWeekly):
            return try await shows.edit(id, ShowEdit(repeatsWeekly: isWeekly), by: member, cause: cause)
        default: return nil
        }
    }

    /// What a button leads to that only asks.
    private func choice(
        _ button: ShowButton,
        _ id: LiveSessionID,
        for member: Member
    ) async throws(ChangeFailure) -> Screen {
        let view = try await managedView(of: id, for: member)
        let screens = try await showScreens(for: member)
        let title = view.show.title
        switch button {
        case .end: return screens.endQuestion(view.show)
        case .cancel: return screens.cancelQuestion(view.show)
        case .length:
            let current = view.show.plannedDuration
            return screens.lengths(current: current, title, back: .manage(id)) { .length(id, $0) }
        case .hands:
            let current = view.show.handPolicy
            return screens.policies(current: current, title, back: .manage(id)) { .hands(id, $0) }
        default: return screens.coHosts(view)
        }
    }

    private func move(
        _ id: LiveSessionID,
        _ pick: ShowPick,
        _ reach: ShowReach?,
        _ tap: Tap,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let view = try await managedView(of: id, for: member)
        let screens = try await showScreens(for: member)
        switch pick {
        case .days: return [done(tap), .change(tap.message, screens.days(.move(view.show)))]
        case .hours(let day): return [done(tap), .change(tap.message, screens.hours(of: day, .move(view.show)))]
        case .typed: return [done(tap), try await ask(.field(.time, id), about: id, of: member)]
        case .minute(let minute):
            return [
                done(tap), .change(tap.message, try await move(view, to: minute, reach, by: member, cause: cause)),
            ]
        }
    }

    /// Moves a show; of a weekly one it is asked first what is meant.
    func move(
        _ view: ShowView,
        to minute: Int,
        _ reach: ShowReach?,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        if reach == nil, view.show.repeatsWeekly {
            return try await showScreens(for: member).moveQuestion(view.show, to: minute)
        }
        let start = ShowDraft.date(ofMinute: minute)
        _ = try await club.shows.move(view.id, to: start, reach ?? .occurrence, by: member, cause: cause)
        return try await managed(view.id, for: member)
    }

    func change(
        _ id: LiveSessionID,
        _ edit: ShowEdit,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        _ = try await club.shows.edit(id, edit, by: member, cause: cause)
        return try await managed(id, for: member)
    }

    // MARK: Screens

    /// A page of the shows that a member may run; the first one where there is none any more.
    private func lives(page: Int, for member: Member) async throws(ChangeFailure) -> Screen {
        let (shows, size) = (try await runnable(by: member), ShowScreens.pageSize)
        let page = page * size < shows.count ? page : 0
        let shown = Array(shows.dropFirst(page * size).prefix(size))
        let hasMore = shows.count > (page + 1) * size
        let screens = try await showScreens(for: member)
        return screens.lives(shown, page: page, hasMore: hasMore, mayPlan: member.role >= .host)
    }

    func managed(_ id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> Screen {
        try await showScreens(for: member).managed(try await managedView(of: id, for: member))
    }

    func coHosts(of id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> Screen {
        try await showScreens(for: member).coHosts(try await managedView(of: id, for: member))
    }

    /// A show for those who run it.
    func managedView(of id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> ShowView {
        let view = try await view(of: id, for: member)
        guard view.mayRun else { throw .refused(.notAllowed) }
        return view
    }

    /// Asks for words; the answer comes as a reply.
    func ask(_ prompt: ShowPrompt, about id: LiveSessionID, of member: Member) async throws(ChangeFailure) -> Reply {
        let view = try await managedView(of: id, for: member)
        guard view.mayManage else { throw .refused(.notAllowed) }
        return .prompt(try await showScreens(for: member).question(prompt, about: view.show.title), isForOne: false)
    }
}

extension LiveSession {
    /// Whether it is one that a member runs themselves, as host or co-host.
    fileprivate func isRun(by member: Member) -> Bool { host == member.id || coHosts.contains(member.id) }
}
