import Domain
import Foundation

/// Shows as members see them.
extension Conversation {
    func answer(
        _ request: ShowRequest,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch request {
        case .live: [.show(try await live(for: member))]
        case .schedule: [.show(try await schedule(page: 0, for: member))]
        case .show(let id): [.show(try await card(of: id, for: member))]
        case .newLive, .goLive, .end, .lives, .answered: try await run(request, by: member, cause: cause)
        }
    }

    func answer(
        _ button: ShowButton,
        _ tap: Tap,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch button {
        case .schedule(let page):
            return [done(tap), .change(tap.message, try await schedule(page: page, for: member))]
        case .card(let id):
            return [done(tap), .change(tap.message, try await card(of: id, for: member))]
        case .coming(let id, let isComing):
            _ = try await club.shows.rsvp(id, isComing: isComing, by: member, cause: cause)
            return try await answered(id, isComing ? .toastComing : .toastNotComing, tap, by: member)
        case .reminders(let id, let areWanted):
            _ = try await club.shows.rsvp(id, wantsReminders: areWanted, by: member, cause: cause)
            return try await answered(id, areWanted ? .toastReminding : .toastNotReminding, tap, by: member)
        case .file(let id):
            return [done(tap), try await calendarFile(of: id, for: member)]
        case .comeFromChannel:
            return [stale(tap, member.language)]
        case .lives, .manage, .new, .beginNow, .start, .end, .ask, .length, .hands, .weekly, .coHosts, .removeCoHost,
            .cancel, .move, .plan, .draft, .dropDraft:
            return try await run(button, tap, by: member, cause: cause)
        }
    }

    // MARK: In the channel

    /// Answers a tap under a post that everybody sees with a note that only the one who taps sees.
    func answerInChannel(
        _ tap: Tap,
        of person: Person,
        known: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        guard case .show(.comeFromChannel(let id)) = tap.button else { return [stale(tap, person.language)] }
        guard let member = known, member.isActive else {
            if known?.membership == .banned { throw .refused(.banned) }
            return [note(.toastStranger, tap, person.language, isAlert: true)]
        }
        return try await comeFromChannel(id, tap, member, cause: cause)
    }

    /// Who has said before that they come, still does: the announcement does not show what one has answered.
    private func comeFromChannel(
        _ id: LiveSessionID,
        _ tap: Tap,
        _ member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let before = try await club.shows.rsvp(of: member.id, for: id)
        _ = try await club.shows.rsvp(id, isComing: true, by: member, cause: cause)
        let phrase: ShowTalkPhrase = before?.isComing == true ? .toastComingAlready : .toastComing
        return [note(phrase, tap, member.language, isAlert: false)]
    }

    // MARK: Screens

    /// What is live at this moment.
    private func live(for member: Member) async throws(ChangeFailure) -> Screen {
        let shows = try await club.shows.list(.live, from: .first, limit: ShowScreens.pageSize).items
        if shows.count == 1, let show = shows.first { return try await card(of: show.id, for: member) }
        let next = shows.isEmpty ? try await club.shows.list(.upcoming, from: .first, limit: 1).items.first : nil
        return try await showScreens(for: member).live(shows, next: next)
    }

    /// A page of the shows ahead; the first one where there is none any more.
    private func schedule(page: Int, for member: Member) async throws(ChangeFailure) -> Screen {
        let size = ShowScreens.pageSize
        let found = try await club.shows.list(.upcoming, from: .offset(page * size), limit: size + 1).items
        if found.isEmpty, page > 0 { return try await schedule(page: 0, for: member) }
        let screens = try await showScreens(for: member)
        return screens.schedule(Array(found.prefix(size)), page: page, hasMore: found.count > size)
    }

    func card(of id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> Screen {
        try await showScreens(for: member).card(try await view(of: id, for: member))
    }

    private func answered(
        _ id: LiveSessionID,
        _ phrase: ShowTalkPhrase,
        _ tap: Tap,
        by member: Member
    ) async throws(ChangeFailure) -> [Reply] {
        let card = try await card(of: id, for: member)
        return [note(phrase, tap, member.language, isAlert: false), .change(tap.message, card)]
    }

    private func calendarFile(of id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> Reply {
        let view = try await view(of: id, for: member)
        let addresses = episodes.addresses
        let calendar = ShowCalendar(view.show, address: addresses.show(id) ?? addresses.lives)
        return .file(
            name: "show-\(id).ics",
            contents: Data(calendar.text.utf8),
            caption: phrases.html(ShowTalkPhrase.calendarFile, member.language, ["title": view.show.title])
        )
    }

    // MARK: What screens need

    /// A show with what a member sees of it.
    func view(of id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> ShowView {
        let show = try await club.shows.session(id, for: member)
        var view = try await view(of: show)
        view.rsvp = try await club.shows.rsvp(of: member.id, for: id)
        view.mayManage = show.mayManage(member)
        view.mayRun = show.mayRun(member)
        return view
    }

    /// A show with the names of those who run it.
    func view(of show: LiveSession) async throws(ChangeFailure) -> ShowView {
        var view = ShowView(show: show)
        if let host = show.host { view.host = try await directory.find(.id(host))?.name }
        for id in show.coHosts {
            if let person = try await directory.find(.id(id)) { view.coHosts.append((id, person.name)) }
        }
        view.audience = try await club.shows.audience(of: show)
        return view
    }

    /// In the member's language and zone.
    func showScreens(for member: Member) async throws(ChangeFailure) -> ShowScreens {
        showScreens(member.language, zone: try await zone(of: member))
    }

    func showScreens(_ language: Language, zone: TimeZone) -> ShowScreens {
        ShowScreens(
            times: ShowTimes(phrases: phrases, language: language, zone: zone, now: club.shows.now),
            addresses: episodes.addresses
        )
    }

    /// The zone that a member has chosen, else the club's.
    func zone(of member: Member) async throws(ChangeFailure) -> TimeZone {
        if let own = member.settings.timeZone.flatMap(TimeZone.init(identifier:)) { return own }
        return try await club.shows.zone()
    }

    func note(_ phrase: ShowTalkPhrase, _ tap: Tap, _ language: Language, isAlert: Bool) -> Reply {
        .toast(queryID: tap.queryID, text: phrases.text(phrase, language), isAlert: isAlert)
    }
}
