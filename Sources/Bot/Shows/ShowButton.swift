import Domain

/// What a button about shows means. Its data begin with `sh:`.
enum ShowButton: Equatable, Sendable {
    // What every member may tap

    /// Show a page of the shows ahead.
    case schedule(page: Int)
    case card(LiveSessionID)
    /// Say whether one comes.
    case coming(LiveSessionID, Bool)
    /// Say whether one wants to be reminded.
    case reminders(LiveSessionID, Bool)
    /// Say that one comes, by the announcement in the channel.
    case comeFromChannel(LiveSessionID)
    /// Send the show as a calendar's file.
    case file(LiveSessionID)

    // What hosts and admins may tap

    /// Show a page of the shows that one may run.
    case lives(page: Int)
    case manage(LiveSessionID)
    /// Ask for the title of a new show.
    case new
    /// Ask for the title of a show that begins at once.
    case beginNow
    case start(LiveSessionID)
    case end(LiveSessionID, isConfirmed: Bool)
    /// Ask for words about a show.
    case ask(ShowField, LiveSessionID)
    /// Choose a length in minutes; nil: show what there is to choose from.
    case length(LiveSessionID, Int?)
    /// Choose who may raise a hand; nil: show what there is to choose from.
    case hands(LiveSessionID, HandPolicy?)
    case weekly(LiveSessionID, Bool)
    case coHosts(LiveSessionID)
    case removeCoHost(LiveSessionID, MemberID)
    /// Cancel a show; nil: ask first.
    case cancel(LiveSessionID, ShowReach?)
    /// Another time for a show. `reach`: what of a weekly one is meant, where that was said.
    case move(LiveSessionID, ShowPick, ShowReach?)
    /// A time for a new show.
    case plan(ShowPick)
    /// Something about a new show.
    case draft(DraftStep, ShowDraft)
    /// Do not plan it.
    case dropDraft

    enum DraftStep: String, CaseIterable, Sendable {
        /// Show all of it.
        case review = "r"
        /// Show lengths to choose from.
        case lengths = "l"
        /// Show who may raise a hand, to choose from.
        case hands = "h"
        case publish = "p"
    }

    static let prefix = "sh:"

    var data: String {
        Self.prefix
            + {
                switch self {
                case .schedule(let page): "s:\(page)"
                case .card(let id): "c:\(id)"
                case .coming(let id, let isComing): "y:\(id):\(isComing ? "y" : "n")"
                case .reminders(let id, let areWanted): "r:\(id):\(areWanted ? "y" : "n")"
                case .comeFromChannel(let id): "i:\(id)"
                case .file(let id): "f:\(id)"
                case .lives(let page): "l:\(page)"
                case .manage(let id): "m:\(id)"
                case .new: "a"
                case .beginNow: "b"
                case .start(let id): "g:\(id)"
                case .end(let id, let isConfirmed): "e:\(id):\(isConfirmed ? "y" : "n")"
                case .ask(let field, let id): "k:\(id):\(field.rawValue)"
                case .length(let id, let minutes): minutes.map { "t:\(id):\($0)" } ?? "t:\(id)"
                case .hands(let id, let policy): policy.map { "h:\(id):\($0.data)" } ?? "h:\(id)"
                case .weekly(let id, let isWeekly): "w:\(id):\(isWeekly ? "y" : "n")"
                case .coHosts(let id): "o:\(id)"
                case .removeCoHost(let id, let person): "o:\(id):\(person)"
                case .cancel(let id, let reach): reach.map { "d:\(id):\($0.data)" } ?? "d:\(id)"
                case .move(let id, let pick, let reach):
                    reach.map { "v:\(id):\(pick.data):\($0.data)" } ?? "v:\(id):\(pick.data)"
                case .plan(let pick): "n:\(pick.data)"
                case .draft(let step, let draft): "n:\(step.rawValue):\(draft.data)"
                case .dropDraft: "x"
                }
            }()
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.hasPrefix(Self.prefix) else { return nil }
        let parts = data.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        switch (parts[0], parts.count) {
        case ("a", 1): self = .new
        case ("b", 1): self = .beginNow
        case ("x", 1): self = .dropDraft
        case ("s", 2), ("l", 2):
            guard let page = Button.number(parts[1]) else { return nil }
            self = parts[0] == "s" ? .schedule(page: page) : .lives(page: page)
        case ("n", 2):
            guard let pick = ShowPick(data: parts[1]) else { return nil }
            self = .plan(pick)
        case ("n", 3):
            guard let step = DraftStep(rawValue: parts[1]), let draft = ShowDraft(data: parts[2]) else { return nil }
            self = .draft(step, draft)
        case (_, 2...):
            guard let id = Button.id(parts[1]).map(LiveSessionID.init(rawValue:)),
                let button = Self.about(id, parts[0], Array(parts.dropFirst(2)))
            else { return nil }
            self = button
        default: return nil
        }
    }

    /// A button about one show, by its letter and what stands behind the show's id.
    private static func about(_ id: LiveSessionID, _ letter: String, _ rest: [String]) -> ShowButton? {
        switch (letter, rest.count) {
        case ("c", 0): .card(id)
        case ("i", 0): .comeFromChannel(id)
        case ("f", 0): .file(id)
        case ("m", 0): .manage(id)
        case ("g", 0): .start(id)
        case ("t", 0): .length(id, nil)
        case ("h", 0): .hands(id, nil)
        case ("o", 0): .coHosts(id)
        case ("d", 0): .cancel(id, nil)
        case ("y", 1): Button.answer(rest[0]).map { .coming(id, $0) }
        case ("r", 1): Button.answer(rest[0]).map { .reminders(id, $0) }
        case ("e", 1): Button.answer(rest[0]).map { .end(id, isConfirmed: $0) }
        case ("w", 1): Button.answer(rest[0]).map { .weekly(id, $0) }
        case ("k", 1): ShowField(rawValue: rest[0]).map { .ask($0, id) }
        case ("t", 1): ShowDraft.length(rest[0]).map { .length(id, $0) }
        case ("h", 1): HandPolicy(data: rest[0]).map { .hands(id, $0) }
        case ("o", 1): Button.id(rest[0]).map { .removeCoHost(id, MemberID(rawValue: $0)) }
        case ("d", 1): ShowReach(data: rest[0]).map { .cancel(id, $0) }
        case ("v", 1): ShowPick(data: rest[0]).map { .move(id, $0, nil) }
        case ("v", 2):
            if let pick = ShowPick(data: rest[0]), let reach = ShowReach(data: rest[1]) {
                .move(id, pick, reach)
            } else {
                nil
            }
        default: nil
        }
    }
}

extension ShowReach {
    /// As a button carries it.
    var data: String {
        switch self {
        case .occurrence: "1"
        case .series: "a"
        }
    }

    init?(data: String) {
        guard let reach = Self.allCases.first(where: { $0.data == data }) else { return nil }
        self = reach
    }
}
