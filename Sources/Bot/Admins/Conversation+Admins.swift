import Domain

/// What admins ask for and tap. Whoever is none is refused by Domain's services.
extension Conversation {
    func answer(
        _ request: AdminRequest,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch request {
        case .audit:
            return [.show(try await audit(after: nil, for: member))]
        case .failures:
            return [.show(try await failures(for: member))]
        case .announce(let text):
            return try await announce(text, by: member, cause: cause)
        case .announcements:
            return [.show(try await broadcasts(after: nil, for: member))]
        case .invite(let quota, let days):
            return try await invite(quota: quota, days: days, by: member, cause: cause)
        case .invites:
            return [.show(try await invites(for: member))]
        case .club(let zone):
            return [.show(try await clubSettings(zone, for: member, cause: cause))]
        case .stats:
            return [.show(try await stats(over: .week, for: member))]
        case .people(let text) where text.isEmpty && !member.isAdmin:
            return [.show(try await board(.allTime, skipping: 0, for: member))]
        case .people(let text) where !member.isAdmin:
            return try await answer(.whois(text), of: member, cause: cause)
        case .people(let text):
            let query = MemberQuery(words: SearchTokeniser.query(text))
            return [.show(try await list(PeopleListing(query: query), for: member))]
        case .decide(_, nil):
            guard member.isAdmin else { throw .refused(.notAllowed) }
            return [.show(Screen(text: phrases.html(AdminPhrase.peopleWhom, member.language)))]
        case .decide(let wish, .some(let reference)):
            return [.show(try await screen(wish, reference, for: member))]
        }
    }

    func answer(
        _ button: AdminButton,
        _ tap: Tap,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch button {
        case .audit(let cursor):
            return [done(tap), .change(tap.message, try await audit(after: cursor, for: member))]
        case .people(let listing):
            return [done(tap), .change(tap.message, try await list(listing, for: member))]
        case .person(let id):
            let person = try await person(.id(id), for: member)
            return [done(tap), .change(tap.message, try await card(of: person, for: member))]
        case .ask(let decision, let id):
            return [done(tap), .change(tap.message, try await question(decision, .id(id), for: member))]
        case .decide(let decision, let id):
            let person = try await directory.decide(decision, about: id, by: member, cause: cause)
            return [done(tap), .change(tap.message, try await card(of: person, for: member))]
        case .failure(let step, let bot, let updateID):
            return try await answer(step, bot, updateID, tap, of: member)
        case .revokeInvite(let id):
            return try await revokeInvite(id, tap, by: member, cause: cause)
        case .broadcast(let button):
            return try await answer(button, tap, of: member, cause: cause)
        case .stats(let range):
            return [done(tap), .change(tap.message, try await stats(over: range, for: member))]
        case .episodeStats(let range):
            return [done(tap), .change(tap.message, try await episodeStats(over: range, for: member))]
        case .setting(let button):
            return try await answer(button, tap, of: member, cause: cause)
        }
    }

    // MARK: People

    /// The one whom an admin means.
    private func person(_ reference: MemberReference, for admin: Member) async throws(ChangeFailure) -> Member {
        guard let person = try await directory.people(reference, for: admin).first else { throw .refused(.notFound) }
        return person
    }

    /// Where several have or had the @name, the admin chooses.
    private func screen(
        _ wish: AdminRequest.Wish,
        _ reference: MemberReference,
        for admin: Member
    ) async throws(ChangeFailure) -> Screen {
        let found = try await directory.people(reference, for: admin)
        guard let person = found.first, found.count == 1 else {
            return people.persons.list(PeopleListing(), found, total: found.count, admin.language)
        }
        switch wish {
        case .ban: return try await question(.ban, reference, for: admin)
        case .unban: return try await question(.unban, reference, for: admin)
        case .promote: return try await card(of: person, for: admin)
        }
    }

    private func question(
        _ decision: MemberDecision,
        _ reference: MemberReference,
        for admin: Member
    ) async throws(ChangeFailure) -> Screen {
        let person = try await person(reference, for: admin)
        do {
            try person.check(decision, by: admin)
        } catch {
            throw .refused(error)
        }
        return people.persons.question(decision, person, admin.language)
    }

    private func card(of person: Member, for admin: Member) async throws(ChangeFailure) -> Screen {
        people.persons.card(person, for: admin, zone: try await library.zone())
    }

    private func list(_ listing: PeopleListing, for admin: Member) async throws(ChangeFailure) -> Screen {
        let offset = listing.page * PeopleListing.pageSize
        let (found, total) = try await directory.people(
            listing.query,
            offset: offset,
            limit: PeopleListing.pageSize,
            for: admin
        )
        // The list may have become shorter since its button was made.
        guard !found.isEmpty || listing.page == 0 else {
            return try await list(PeopleListing(query: listing.query), for: admin)
        }
        return people.persons.list(listing, found, total: total, admin.language)
    }

    // MARK: What happened

    private func audit(after cursor: PageCursor?, for member: Member) async throws(ChangeFailure) -> Screen {
        let page = try await club.audit.lines(for: member, after: cursor, limit: AuditScreens.pageSize)
        return AuditScreens(phrases: phrases)
            .page(page, isFirst: cursor == nil, member.language, zone: try await library.zone())
    }
}

extension PeopleScreens {
    /// How people look to admins.
    var persons: PersonScreens { PersonScreens(phrases: phrases) }
}
