import Domain

/// Lines of the ledger in plain words: whose they are, for what, and how much.
struct LedgerNames: Sendable {
    /// So much of a name or title is shown, in Unicode scalars.
    private static let longest = 60

    private var members: [MemberID: String] = [:]
    private var shows: [LiveSessionID: String] = [:]
    private var podcasts: [PodcastID: String] = [:]

    /// Looks up the people, shows and episodes of the lines that a difference names.
    init(_ difference: LedgerDifference, in store: any ClubStore) async throws(StoreError) {
        let lines = difference.missing.first + difference.surplus.first + difference.different.first
        for member in try await store.members.find(ids: Array(Set(lines.map(\.member)))) {
            members[member.id] = PlainText.line(member.name, limit: Self.longest)
        }
        for source in Set(lines.map(\.source)) {
            switch source {
            case .show(let id): shows[id] = try await store.liveSessions.find(.id(id))?.title
            case .episode(let id), .listening(let id, on: _):
                podcasts[id] = try await store.podcasts.find(.id(id))?.title
            case .correction: break
            }
        }
    }

    /// One line, such as `Vera (user1), 2026-11-23, the show “Night” (s1): messages in the chat, 12 times, 24 XP`.
    func words(_ line: XPTransaction) -> String {
        let who = members[line.member].map { "\($0) (\(line.member))" } ?? "\(line.member)"
        return "\(who), \(line.day), \(source(line.source)): \(line.rule.meaning), \(Self.amount(line))"
    }

    /// How often or how long, and what it is worth.
    static func amount(_ line: XPTransaction) -> String {
        let count = line.rule.countsTime ? "\(Double(line.count) / 1_000) s" : "\(line.count) ×"
        return "\(count), \(line.xp) XP"
    }

    private func source(_ source: XPSource) -> String {
        switch source {
        case .show(let id): "the show \(Self.named(shows[id], id.rawValue))"
        case .episode(let id), .listening(let id, on: _): "the episode \(Self.named(podcasts[id], id.rawValue))"
        case .correction(let id): "the correction \(id)"
        }
    }

    private static func named(_ title: String?, _ id: String) -> String {
        title.map { "“\(PlainText.line($0, limit: longest))” (\(id))" } ?? id
    }
}

extension XPRule {
    /// For what a line is, for whoever runs the machine.
    fileprivate var meaning: String {
        switch self {
        case .joined: "coming"
        case .liveTime: "time in the show"
        case .chat: "messages in the chat"
        case .reaction: "reactions"
        case .hand: "raised hands"
        case .handTaken: "raised hands that were taken"
        case .promoted: "going on stage"
        case .speech: "speeches"
        case .supportReceived: "thanks received"
        case .supportGiven: "thanks given"
        case .episodeCompleted: "listening to the end"
        case .episodeTime: "listening"
        case .opened: "opening the page"
        case .correction: "what an admin gave or took"
        case .imported: "what was brought along"
        }
    }
}
