import Domain
import Foundation

/// What a button under a message means. Written into its callback data (at most 64 bytes), and read back strictly:
/// whatever a tap carries is the tapper's word.
enum Button: Equatable, Sendable {
    /// Ask to be let in.
    case askToJoin
    /// Ask to be let in, by somebody who has come for an episode.
    case askToHear(PodcastID)
    /// Say that one is in the club's channel or group.
    case checkClubChats
    /// Answer somebody's request to join.
    case decide(MemberID, isApproved: Bool)
    /// Confirm or refuse that a browser is signed in.
    case signIn(payload: String, isConfirmed: Bool)
    /// Show a part of the library.
    case list(Listing)
    /// Show an episode; from where one can go back.
    case episode(PodcastID, back: Listing?)
    /// Send an episode's recordings.
    case play(PodcastID)
    /// Show the episode that lies so many behind the newest one.
    case latest(Int)
    /// Show a page of the club's tags.
    case tags(Int)
    /// Show an episode by chance; which one was shown last.
    case random(besides: PodcastID?)
    /// Show a page of an episode's chapters.
    case chapters(PodcastID, page: Int)
    /// Tell how to hear an episode from its chapter with this index on.
    case chapter(PodcastID, Int)
    /// Ask for an episode's caption or cover.
    case prompt(Prompt, PodcastID)
    /// Publish an episode, or take it out of the library.
    case setPublished(PodcastID, Bool)
    /// What the bot can do.
    case help
    /// What only admins see.
    case admin(AdminButton)
    /// What people choose for themselves.
    case personal(PersonalButton)
    /// What is about shows.
    case show(ShowButton)
    /// What is about thanks between members.
    case thanks(ThanksButton)
    /// What is about progress, boards and badges.
    case progress(ProgressButton)
    /// What is about the room of a show.
    case room(RoomButton)

    /// Telegram's limit. Source: Bot API, `InlineKeyboardButton`, `callback_data`.
    static let dataLimit = 64
    /// Beyond so many pages nobody taps.
    static let pageLimit = 10_000

    var data: String {
        switch self {
        case .askToJoin: "join"
        case .askToHear(let id): "join:\(id)"
        case .checkClubChats: "chats"
        case .decide(let id, let isApproved): "d:\(isApproved ? "y" : "n"):\(id)"
        case .signIn(let payload, let isConfirmed): "i:\(isConfirmed ? "y" : "n"):\(payload)"
        case .list(let listing): listing.data
        case .episode(let id, let back): back.map { "e:\(id):\($0.data)" } ?? "e:\(id)"
        case .play(let id): "p:\(id)"
        case .latest(let index): "n:\(index)"
        case .tags(let page): "g:\(page)"
        case .random(let seen): seen.map { "r:\($0)" } ?? "r"
        case .chapters(let id, let page): "c:\(page):\(id)"
        case .chapter(let id, let index): "h:\(index):\(id)"
        case .prompt(let prompt, let id): "k:\(prompt.rawValue):\(id)"
        case .setPublished(let id, let isPublished): "u:\(isPublished ? "y" : "n"):\(id)"
        case .help: "help"
        case .admin(let button): button.data
        case .personal(let button): button.data
        case .show(let button): button.data
        case .room(let button): button.data
        case .thanks(let button): button.data
        case .progress(let button): button.data
        }
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.utf8.count <= Self.dataLimit else { return nil }
        let parts = data.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("join", 1): self = .askToJoin
        case ("join", 2):
            guard let id = Self.id(parts[1]) else { return nil }
            self = .askToHear(PodcastID(rawValue: id))
        case ("chats", 1): self = .checkClubChats
        case ("help", 1): self = .help
        case ("a", 2...):
            guard let button = AdminButton(data: data) else { return nil }
            self = .admin(button)
        case ("my", 2...):
            guard let button = PersonalButton(data: data) else { return nil }
            self = .personal(button)
        case ("sh", 2...):
            guard let button = ShowButton(data: data) else { return nil }
            self = .show(button)
        case ("rm", 2...):
            guard let button = RoomButton(data: data) else { return nil }
            self = .room(button)
        case ("th", 2...):
            guard let button = ThanksButton(data: data) else { return nil }
            self = .thanks(button)
        case ("xp", 2...):
            guard let button = ProgressButton(data: data) else { return nil }
            self = .progress(button)
        case ("d", 3):
            guard let isApproved = Self.answer(parts[1]), let id = Self.id(parts[2]) else { return nil }
            self = .decide(MemberID(rawValue: id), isApproved: isApproved)
        case ("i", 3):
            guard let isConfirmed = Self.answer(parts[1]), let payload = Self.id(parts[2]) else { return nil }
            self = .signIn(payload: payload, isConfirmed: isConfirmed)
        case ("k", 3):
            guard let prompt = Prompt(rawValue: parts[1]), let id = Self.id(parts[2]) else { return nil }
            self = .prompt(prompt, PodcastID(rawValue: id))
        case ("u", 3):
            guard let isPublished = Self.answer(parts[1]), let id = Self.id(parts[2]) else { return nil }
            self = .setPublished(PodcastID(rawValue: id), isPublished)
        case ("g", _), ("r", _), ("c", _), ("h", _):
            guard let button = Self.browsing(parts) else { return nil }
            self = button
        case ("p", 2):
            guard let id = Self.id(parts[1]) else { return nil }
            self = .play(PodcastID(rawValue: id))
        case ("n", 2):
            guard let index = Self.number(parts[1]) else { return nil }
            self = .latest(index)
        case ("e", 2), ("e", 3):
            guard let id = Self.id(parts[1]) else { return nil }
            if parts.count == 2 {
                self = .episode(PodcastID(rawValue: id), back: nil)
            } else {
                guard let back = Listing(data: parts[2]) else { return nil }
                self = .episode(PodcastID(rawValue: id), back: back)
            }
        default:
            guard let listing = Listing(data: data) else { return nil }
            self = .list(listing)
        }
    }

    /// The episode for which somebody wants to be let in.
    var wanted: PodcastID? {
        if case .askToHear(let id) = self { id } else { nil }
    }

    /// What leads through the library, beside lists and episodes.
    private static func browsing(_ parts: [String]) -> Button? {
        switch (parts[0], parts.count) {
        case ("g", 2): return number(parts[1]).map { .tags($0) }
        case ("r", 1): return .random(besides: nil)
        case ("r", 2): return id(parts[1]).map { .random(besides: PodcastID(rawValue: $0)) }
        case ("c", 3), ("h", 3):
            guard let number = number(parts[1]), let id = id(parts[2]).map(PodcastID.init(rawValue:)) else {
                return nil
            }
            return parts[0] == "c" ? .chapters(id, page: number) : .chapter(id, number)
        default: return nil
        }
    }

    static func answer(_ text: String) -> Bool? {
        switch text {
        case "y": true
        case "n": false
        default: nil
        }
    }

    static func id(_ text: String) -> String? {
        text.wholeMatch(of: /[a-z0-9]{1,40}/) == nil ? nil : text
    }

    static func number(_ text: some StringProtocol) -> Int? {
        guard text.count <= 5, text.allSatisfy(\.isASCII), let number = Int(text), (0...pageLimit).contains(number)
        else { return nil }
        return number
    }
}

/// A part of the library: all of it, what has a tag or what a search finds, and which page.
struct Listing: Equatable, Sendable {
    /// Episodes on a page: as many as there are buttons on half a phone's screen.
    static let pageSize = 6

    /// As `SearchTokeniser.query` gives them. Empty: the whole library.
    var words: [String] = []
    /// Only what has this tag; then there are no words.
    var tag: TagMark?
    /// From 0.
    var page = 0

    var data: String {
        if let tag { return "t:\(page):\(tag.text)" }
        return words.isEmpty ? "l:\(page)" : "s:\(page):\(words.joined(separator: " "))"
    }

    init(words: [String] = [], page: Int = 0) {
        self.words = words
        self.page = page
    }

    init(tag: TagMark, page: Int = 0) {
        self.tag = tag
        self.page = page
    }

    init?(data: String) {
        let parts = data.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let page = Button.number(parts[1]) else { return nil }
        switch (parts[0], parts.count) {
        case ("l", 2): self.init(page: page)
        case ("t", 3):
            guard let tag = TagMark(text: String(parts[2])) else { return nil }
            self.init(tag: tag, page: page)
        case ("s", 3):
            let words = SearchTokeniser.query(String(parts[2]))
            guard !words.isEmpty, words.joined(separator: " ") == parts[2] else { return nil }
            self.init(words: words, page: page)
        default: return nil
        }
    }

    /// The same list on another page.
    func turned(to page: Int) -> Listing {
        var listing = self
        listing.page = page
        return listing
    }
}
