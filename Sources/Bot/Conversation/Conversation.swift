import Domain
import Foundation

/// Answers what people write to the club's bot, and what they tap.
///
/// It reads and changes the club through Domain's services and returns what to say; it calls nobody itself.
struct Conversation: Sendable {
    let bot: BotName
    let directory: MemberDirectory
    let library: PodcastLibrary
    let signIn: SignIn
    let club: ClubServices
    let phrases: Phrasebook
    let episodes: EpisodeScreens
    let people: PeopleScreens
    let desk: EpisodeDesk

    init(
        bot: BotName,
        directory: MemberDirectory,
        library: PodcastLibrary,
        signIn: SignIn,
        club: ClubServices,
        phrases: Phrasebook,
        addresses: ClubAddresses
    ) {
        self.bot = bot
        self.directory = directory
        self.library = library
        self.signIn = signIn
        self.club = club
        self.phrases = phrases
        episodes = EpisodeScreens(phrases: phrases, addresses: addresses)
        people = PeopleScreens(phrases: phrases)
        desk = EpisodeDesk(directory: directory, library: library, phrases: phrases)
    }

    // MARK: Messages

    /// Answers a message. A refusal is answered in words; a store that fails is thrown.
    func answer(_ request: Request, of person: Person, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        let known = try await recognise(person, cause: cause)
        let person = person.known(as: known)
        do throws(ChangeFailure) {
            if case .personal(let wish) = request {
                return try await answer(wish, of: person, known: known, cause: cause)
            }
            if case .claim(let code) = request {
                return [.show(people.claimed(try await directory.claim(code: code, by: person, cause: cause)))]
            }
            if case .join(let payload) = request {
                return [.show(try await join(payload: payload, person, cause: cause))]
            }
            guard let member = known, member.isActive else {
                let (wantsIn, wanted) = (request.wantsIn, request.wanted)
                return [.show(try await door(person, known, wantsIn: wantsIn, wanting: wanted, cause: cause))]
            }
            return try await answer(request, of: member, cause: cause)
        } catch .refused(let refusal) {
            let text = phrases.text(refusal, person.language, zone: try await library.zone())
            return [.show(Screen(text: HTML(text)))]
        }
    }

    /// Answers a command from a group; whoever is no admin gets no answer.
    func answerPrivately(
        _ request: AdminRequest,
        of person: Person,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        guard let member = try await directory.recognise(person, isWriting: false, cause: cause), member.isAdmin else {
            return []
        }
        return try await answer(.admin(request), of: person, cause: cause)
    }

    private func answer(_ request: Request, of member: Member, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        switch request {
        case .start, .join: return [.show(people.welcomeBack(member))]
        case .help: return [.show(people.help(member))]
        case .unknownCommand: return [.show(people.help(member, heading: .unknownCommand))]
        case .noText: return [.show(Screen(text: phrases.html(BotPhrase.noText, member.language)))]
        case .latest: return [.show(try await latest(0, for: member))]
        case .library: return [.show(try await list(Listing(), for: member))]
        case .search(let text):
            let words = SearchTokeniser.query(text)
            guard !words.isEmpty else { throw .refused(.nothingToSearch) }
            return [.show(try await list(Listing(words: words), for: member))]
        case .tags: return [.show(try await tags(page: 0, for: member))]
        case .tag(let tag): return [.show(try await list(Listing(tag: TagMark(tag)), for: member))]
        case .random: return [.show(try await random(besides: nil, for: member))]
        case .goOn: return [.show(try await goOn(member))]
        case .post(let post):
            return [.show(try await card(of: .post(post), back: nil, for: member))]
        case .show(let request): return try await answer(request, of: member, cause: cause)
        case .room(let request): return try await answer(request, of: member, cause: cause)
        case .thanks(let request): return try await answer(request, of: member, cause: cause)
        case .progress(let request): return try await answer(request, of: member, cause: cause)
        case .claim, .personal: return [.show(people.help(member))]
        case .signIn(let payload):
            let link = try await signIn.link(payload: payload)
            return [.show(people.signInQuestion(link, payload: payload, member.language))]
        case .episode(let id): return [.show(try await card(of: .id(id), back: nil, for: member))]
        case .admin(let request): return try await answer(request, of: member, cause: cause)
        }
    }

    // MARK: Taps

    /// Answers a tap: always with a toast, so that the button does not go on waiting.
    func answer(_ tap: Tap, of person: Person, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        let known = try await recognise(person, cause: cause)
        let person = person.known(as: known)
        do throws(ChangeFailure) {
            if tap.isOfEverybody { return try await answerInChannel(tap, of: person, known: known, cause: cause) }
            if case .personal(let button) = tap.button {
                return try await answer(button, tap, of: person, known: known, cause: cause)
            }
            if tap.button == .askToJoin || tap.button?.wanted != nil {
                let asked = try await directory.askToJoin(person, wanting: tap.button?.wanted, cause: cause)
                let screen =
                    asked.isActive
                    ? people.welcomeBack(asked) : Screen(text: phrases.html(BotPhrase.joinAsked, person.language))
                return [done(tap), .change(tap.message, screen)]
            }
            guard let member = known, member.isActive else {
                let wantsIn = tap.button == .checkClubChats
                let screen = try await door(person, known, wantsIn: wantsIn, cause: cause)
                return [done(tap), .change(tap.message, screen)]
            }
            guard let button = tap.button else { return [stale(tap, person.language)] }
            return try await answer(button, tap, of: member, cause: cause)
        } catch .refused(let refusal) {
            let text = phrases.text(refusal, person.language, zone: try await library.zone())
            return [.toast(queryID: tap.queryID, text: text, isAlert: true)]
        }
    }

    private func answer(
        _ button: Button,
        _ tap: Tap,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let language = member.language
        switch button {
        case .askToJoin, .askToHear, .checkClubChats, .help, .personal:
            return [done(tap), .change(tap.message, people.help(member))]
        case .latest(let index):
            return [done(tap), .change(tap.message, try await latest(index, for: member))]
        case .list(let listing):
            return [done(tap), .change(tap.message, try await list(listing, for: member))]
        case .episode(let id, let back):
            return [done(tap), .change(tap.message, try await card(of: .id(id), back: back, for: member))]
        case .tags(let page):
            return [done(tap), .change(tap.message, try await tags(page: page, for: member))]
        case .random(let seen):
            return [done(tap), .change(tap.message, try await random(besides: seen, for: member))]
        case .chapters(let id, let page):
            let podcast = try await library.podcast(.id(id), for: member)
            return [done(tap), .change(tap.message, episodes.chapters(of: podcast, page: page, language))]
        case .chapter(let id, let index):
            return try await chapter(index, of: id, tap, for: member)
        case .play(let id):
            let podcast = try await library.podcast(.id(id), for: member)
            let recordings = episodes.recordings(podcast, bot: bot, language)
            guard !recordings.isEmpty else {
                return [
                    .toast(queryID: tap.queryID, text: phrases.text(BotPhrase.notPlayable, language), isAlert: true)
                ]
            }
            let toast = phrases.text(BotPhrase.toastSending, language)
            return [.toast(queryID: tap.queryID, text: toast, isAlert: false)] + recordings
        case .admin(let button):
            return try await answer(button, tap, of: member, cause: cause)
        case .show(let button):
            return try await answer(button, tap, of: member, cause: cause)
        case .room(let button):
            return try await answer(button, tap, of: member, cause: cause)
        case .thanks(let button):
            return try await answer(button, tap, of: member, cause: cause)
        case .progress(let button):
            return try await answer(button, tap, of: member, cause: cause)
        case .prompt(let prompt, let id):
            return [done(tap), try await desk.ask(prompt, id, of: member)]
        case .setPublished(let id, let isPublished):
            _ = try await library.setPublished(isPublished, .id(id), by: .member(member), cause: cause)
            let text = phrases.text(BotPhrase.toastDone, language)
            return [.toast(queryID: tap.queryID, text: text, isAlert: false)]
        case .decide(let id, let isApproved):
            return try await decide(id, isApproved: isApproved, tap, by: member, cause: cause)
        case .signIn(let payload, let isConfirmed):
            let link = try await signIn.answer(payload: payload, isConfirmed: isConfirmed, by: member, cause: cause)
            return [done(tap), .change(tap.message, people.signInAnswered(link, isConfirmed: isConfirmed, language))]
        }
    }

    /// Decides a request. Where another admin was faster, the card shows what was decided.
    private func decide(
        _ id: MemberID,
        isApproved: Bool,
        _ tap: Tap,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        var toast = done(tap)
        var person: Member?
        do throws(ChangeFailure) {
            person = try await directory.decide(id, isApproved: isApproved, by: admin, cause: cause)
        } catch .refused(.nothingToDecide) {
            let text = phrases.text(.nothingToDecide, admin.language, zone: try await library.zone())
            toast = .toast(queryID: tap.queryID, text: text, isAlert: true)
            person = try await directory.find(.id(id))
        }
        guard let person, person.decision != nil else { return [toast] }
        return [toast, .change(tap.message, try await requestCard(of: person, admin.language))]
    }

    // MARK: Screens that need data

    /// A request to join as admins see it at this moment.
    func requestCard(of person: Member, _ language: Language) async throws(ChangeFailure) -> Screen {
        var decider: Member?
        if let decision = person.decision { decider = try await directory.find(.id(decision.by)) }
        return people.request(of: person, decider: decider, language)
    }

    private func latest(_ index: Int, for member: Member) async throws(ChangeFailure) -> Screen {
        let podcasts = try await page(PodcastQuery(), from: .offset(index), limit: 2)
        guard let podcast = podcasts.first else {
            if index > 0 { return try await latest(0, for: member) }
            return Screen(text: phrases.html(BotPhrase.latestEmpty, member.language))
        }
        return episodes.latest(
            podcast,
            index: index,
            hasOlder: podcasts.count > 1,
            member.language,
            zone: try await library.zone()
        )
    }

    private func list(_ listing: Listing, for member: Member) async throws(ChangeFailure) -> Screen {
        var tag: String?
        if let mark = listing.tag { tag = try await self.tag(mark) }
        let query = PodcastQuery(words: listing.words, tag: tag)
        let total = try await count(query)
        var listing = listing
        listing.page = min(listing.page, max(0, (total - 1) / Listing.pageSize))
        let start = PageStart.offset(listing.page * Listing.pageSize)
        let podcasts = try await page(query, from: start, limit: Listing.pageSize)
        let zone = try await library.zone()
        return episodes.list(listing, podcasts, tag: tag, total: total, member.language, zone: zone)
    }

    private func card(
        of key: Podcast.Key,
        back: Listing?,
        for member: Member
    ) async throws(ChangeFailure) -> Screen {
        let podcast = try await library.podcast(key, for: member)
        let label = phrases.text(back == nil ? BotPhrase.buttonLibrary : .buttonBack, member.language)
        return episodes.card(
            podcast,
            member.language,
            zone: try await library.zone(),
            navigation: [[.tap(label, .list(back ?? Listing()))]]
        )
    }

    private func page(
        _ query: PodcastQuery,
        from start: PageStart,
        limit: Int
    ) async throws(ChangeFailure) -> [Podcast] {
        do {
            return try await library.list(query, from: start, limit: limit).items
        } catch {
            throw .store(error)
        }
    }

    private func count(_ query: PodcastQuery) async throws(ChangeFailure) -> Int {
        do {
            return try await library.count(query)
        } catch {
            throw .store(error)
        }
    }

    func done(_ tap: Tap) -> Reply {
        .toast(queryID: tap.queryID, text: nil, isAlert: false)
    }

    func stale(_ tap: Tap, _ language: Language) -> Reply {
        .toast(queryID: tap.queryID, text: phrases.text(BotPhrase.toastStaleButton, language), isAlert: true)
    }
}
