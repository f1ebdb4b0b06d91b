import Domain
import Foundation

/// Progress, boards, badges and who is who.
extension Conversation {
    /// Lines of the ledger on a page; those of one show or episode stand together.
    private static let historySize = 24
    /// So many people are offered where words find several.
    private static let choiceSize = 8

    func answer(
        _ request: ProgressRequest,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch request {
        case .own: return [.show(try await ownProgress(of: member))]
        case .history: return [.show(try await history(page: 0, of: member))]
        case .board(let span): return [.show(try await board(span, skipping: 0, for: member))]
        case .badges: return [.show(try await ownBadges(of: member))]
        case .whois(let text): return [.show(try await whois(text, for: member))]
        case .award(let award): return [.show(try await give(award, by: member, cause: cause))]
        }
    }

    func answer(
        _ button: ProgressButton,
        _ tap: Tap,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let screen: Screen
        switch button {
        case .own: screen = try await ownProgress(of: member)
        case .history(let page): screen = try await history(page: page, of: member)
        case .ways: screen = try await progressScreens(member).ways()
        case .board(let span, let skipped): screen = try await board(span, skipping: skipped, for: member)
        case .badges: screen = try await ownBadges(of: member)
        case .allBadges: screen = try await progressScreens(member).allBadges()
        case .person(let id): screen = try await card(of: try await directory.fellow(id, for: member), for: member)
        case .honours(let id): screen = try await honours(id, for: member)
        case .honour(let id, let badge, let isHeld):
            try await club.honours.set(badge, isHeld: isHeld, of: id, by: member, cause: cause)
            screen = try await honours(id, for: member)
        }
        return [done(tap), .change(tap.message, screen)]
    }

    // MARK: One's own

    private func ownProgress(of member: Member) async throws(ChangeFailure) -> Screen {
        let progress = try await club.progress.progress(of: member.id)
        let place = try await club.boards.place(of: member.id, .allTime)
        let thanks = try await club.thanks.count(.to(member.id))
        return try await progressScreens(member).own(member, progress, place: place, thanks: thanks)
    }

    private func history(page: Int, of member: Member) async throws(ChangeFailure) -> Screen {
        let start = PageStart.offset(page * Self.historySize)
        let groups = try await club.history.groups(of: member.id, from: start, limit: Self.historySize)
        return try await progressScreens(member).history(groups.items, page: page, hasMore: groups.next != nil)
    }

    private func ownBadges(of member: Member) async throws(ChangeFailure) -> Screen {
        let progress = try await club.progress.progress(of: member.id)
        return try await progressScreens(member).ownBadges(progress)
    }

    // MARK: Others

    func board(_ span: BoardSpan, skipping: Int, for member: Member) async throws(ChangeFailure) -> Screen {
        let part = try await club.boards.part(span, after: skipping, limit: ProgressScreens.boardSize)
        let progress = try await club.progress.progress(of: part.rows.map(\.member.id))
        let own = try await club.boards.place(of: member.id, span)
        return try await progressScreens(member)
            .board(
                span,
                part,
                skipping: skipping,
                levels: progress.mapValues(\.level),
                own: own,
                reader: member
            )
    }

    private func whois(_ text: String, for member: Member) async throws(ChangeFailure) -> Screen {
        let screens = try await progressScreens(member)
        guard !text.isEmpty else { return Screen(text: screens.say(.whoisWhom)) }
        let found = try await directory.fellows(text, for: member, limit: Self.choiceSize)
        guard let person = found.first, found.count == 1 else { return screens.choice(found) }
        return try await card(of: person, for: member)
    }

    private func card(of person: Member, for member: Member) async throws(ChangeFailure) -> Screen {
        let progress = try await club.progress.progress(of: person.id)
        let thanks = try await club.thanks.count(.to(person.id))
        return try await progressScreens(member).person(person, progress, thanks: thanks, for: member)
    }

    // MARK: Admins

    private func honours(_ id: MemberID, for admin: Member) async throws(ChangeFailure) -> Screen {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let person = try await directory.fellow(id, for: admin)
        return try await progressScreens(admin).honours(person, try await club.progress.progress(of: id))
    }

    private func give(
        _ award: ProgressRequest.Award?,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let screens = try await progressScreens(admin)
        guard let award, let reference = award.person else { return Screen(text: screens.say(.awardHow)) }
        let found = try await directory.people(reference, for: admin).filter(\.isActive)
        guard let person = found.first, found.count == 1 else { throw .refused(.notFound) }
        try await club.honours.correct(award.xp, reason: award.reason, of: person.id, by: admin, cause: cause)
        return Screen(
            text: screens.say(.awardDone, ["name": person.name, "xp": XPWords.signed(award.xp)]),
            rows: [[screens.tap(.buttonHonours, .honours(person.id))]]
        )
    }

    func progressScreens(_ member: Member) async throws(ChangeFailure) -> ProgressScreens {
        ProgressScreens(phrases: phrases, language: member.language, zone: try await library.zone())
    }
}
