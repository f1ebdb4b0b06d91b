import Domain
import Foundation

/// Thanks between members.
extension Conversation {
    /// So many of the newest episodes are looked at for one in which somebody takes part.
    private static let lookBack = 60
    /// So many thanks of each kind are shown.
    private static let shown = 5
    /// So many people are offered for one episode.
    private static let offered = 8

    func answer(
        _ request: ThanksRequest,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        if request.isEmpty { return [.show(try await thanksOverview(of: member))] }
        var podcast: Podcast?
        if let key = request.episode { podcast = try await thanked(key) }
        var person: Member?
        switch request.person {
        case .username(let name)?: person = try await directory.active(username: name)
        case .telegram(let id)?: person = try await directory.find(.telegram(id))
        case .id(let id)?: person = try await directory.find(.id(id))
        case nil: break
        }
        // Who hides from other members is not found here either.
        person = person.flatMap { $0.isSeen(by: member) ? $0 : nil }
        if request.person != nil, person == nil { throw .refused(.notFound) }
        guard let person else {
            guard let podcast else { return [.show(try await thanksOverview(of: member))] }
            let people = try await thankable(for: podcast, besides: member)
            guard people.count == 1, let only = people.first else {
                return [.show(thanksScreens(member).choice(podcast, people))]
            }
            return [.show(try await give(request, to: only, for: podcast, by: member, cause: cause))]
        }
        if podcast == nil { podcast = try await newest(with: person) }
        guard let podcast else { throw .refused(.whichEpisode) }
        return [.show(try await give(request, to: person, for: podcast, by: member, cause: cause))]
    }

    /// Answers a command from a group, privately; whoever is no member gets no answer.
    func answerPrivately(
        _ request: ThanksRequest,
        of person: Person,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        guard let member = try await directory.recognise(person, isWriting: false, cause: cause), member.isActive
        else { return [] }
        return try await answer(.thanks(request), of: person, cause: cause)
    }

    func answer(
        _ button: ThanksButton,
        _ tap: Tap,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch button {
        case .overview:
            return [done(tap), .show(try await thanksOverview(of: member))]
        case .choose(let id):
            let podcast = try await thanked(.id(id))
            let people = try await thankable(for: podcast, besides: member)
            return [done(tap), .show(thanksScreens(member).choice(podcast, people))]
        case .give(let id, let podcastID):
            let podcast = try await thanked(.id(podcastID))
            guard let person = try await directory.find(.id(id)), person.isSeen(by: member) else {
                throw .refused(.notFound)
            }
            let screen = try await give(ThanksRequest(), to: person, for: podcast, by: member, cause: cause)
            return [done(tap), .change(tap.message, screen)]
        }
    }

    /// Thanks with the names that belong to them. `isGiven`: whether the other one is the one who was thanked.
    func line(of thanks: Thanks, isGiven: Bool) async throws(ChangeFailure) -> ThanksScreens.Line {
        let person = try await directory.find(.id(isGiven ? thanks.to : thanks.from))
        let podcast = try await library.find(.id(thanks.podcast))
        return ThanksScreens.Line(thanks: thanks, person: person?.name, title: podcast?.title)
    }

    func thanksScreens(_ member: Member) -> ThanksScreens {
        ThanksScreens(phrases: phrases, addresses: episodes.addresses, language: member.language)
    }

    private func give(
        _ request: ThanksRequest,
        to person: Member,
        for podcast: Podcast,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        let thanks = try await club.thanks.give(
            to: person.id,
            for: podcast.id,
            at: request.position,
            words: request.words,
            by: member,
            cause: cause
        )
        let line = ThanksScreens.Line(thanks: thanks, person: person.name, title: podcast.title)
        let budget = try await club.thanks.budget(of: member.id)
        return thanksScreens(member).done(line, budget, zone: try await library.zone())
    }

    /// An episode of which members know, whether its recording has come or not.
    private func thanked(_ key: Podcast.Key) async throws(ChangeFailure) -> Podcast {
        guard let podcast = try await library.find(key), podcast.canBeThankedFor else { throw .refused(.notFound) }
        return podcast
    }

    private func thanksOverview(of member: Member) async throws(ChangeFailure) -> Screen {
        var (received, given): ([ThanksScreens.Line], [ThanksScreens.Line]) = ([], [])
        for thanks in try await club.thanks.list(.to(member.id), limit: Self.shown).items {
            received.append(try await line(of: thanks, isGiven: false))
        }
        for thanks in try await club.thanks.list(.from(member.id), limit: Self.shown).items {
            given.append(try await line(of: thanks, isGiven: true))
        }
        let budget = try await club.thanks.budget(of: member.id)
        return thanksScreens(member)
            .overview(budget, received: received, given: given, zone: try await library.zone())
    }

    /// Who can be thanked for an episode: who made it, whom it names, and who was on the stage of its show.
    private func thankable(for podcast: Podcast, besides member: Member) async throws(ChangeFailure) -> [Member] {
        var found: [Member] = []
        if let poster = try await directory.poster(of: podcast) { found.append(poster) }
        if let show = podcast.show { found += try await club.shows.speakers(of: show, limit: Self.offered) }
        for name in podcast.people.prefix(Self.offered) {
            if let person = try await directory.active(username: name) { found.append(person) }
        }
        var seen: Set<MemberID> = [member.id]
        let others = found.filter { person in
            person.isActive && person.isSeen(by: member) && seen.insert(person.id).inserted
        }
        return Array(others.prefix(Self.offered))
    }

    /// The newest episode in which somebody takes part; nil where there is none among the newest.
    private func newest(with person: Member) async throws(ChangeFailure) -> Podcast? {
        let page: [Podcast]
        do {
            page = try await library.list(PodcastQuery(), from: .first, limit: Self.lookBack).items
        } catch {
            throw .store(error)
        }
        for podcast in page {
            if podcast.authorID == person.id { return podcast }
            if let name = person.username?.lowercased(), podcast.people.contains(where: { $0.lowercased() == name }) {
                return podcast
            }
            if let show = podcast.show,
                try await club.shows.speakers(of: show, limit: Self.offered).contains(where: { $0.id == person.id })
            {
                return podcast
            }
        }
        return nil
    }
}

extension NoticeComposer {
    /// To a member: another one thanks them.
    /// - Returns: nil where it was taken back, or the one who thanks is not known any more.
    func thanked(_ id: ThanksID, _ language: Language) async throws(ChangeFailure) -> Screen? {
        guard let thanks = try await conversation.club.thanks.thanks(id), thanks.erasedAt == nil else { return nil }
        let line = try await conversation.line(of: thanks, isGiven: false)
        guard line.person != nil else { return nil }
        return ThanksScreens(phrases: phrases, addresses: conversation.episodes.addresses, language: language)
            .told(line)
    }
}
