import Domain

/// What a person of the predecessor's had collected: `xp_total`, `xp_breakdown`, `voice_stats` and `badges`.
///
/// What makes no sense, such as a number below zero, is as good as missing.
struct LegacyProgress: Equatable, Sendable {
    /// What one rule had brought.
    struct Part: Equatable, Sendable {
        var rule: XPRule
        var count: Int
        var xp: Int
    }

    /// Greater numbers are no counts of a person's deeds.
    private static let limit = 10_000_000

    /// Together they come to `xp_total`, or, where that is missing, to the sum of `xp_breakdown`. What no count belongs
    /// to is in one part, under `imported`.
    var parts: [Part]
    /// Each once, in the order in which the club names them.
    var badges: [Badge]
    /// What cannot be told to be any of the club's badges, as the predecessor wrote it.
    var unknownBadges: [String]
    /// Whether there is a `total_listen_time`. Its unit is not known, so it is not taken.
    var hasListeningTime: Bool

    init(_ document: LegacyDocument) {
        let worth = document["xp_breakdown"].document ?? LegacyDocument()
        let counts = document["voice_stats"].document ?? LegacyDocument()
        let hands = Self.number(counts["hand_raise_count"]) ?? 0
        var parts = [
            Part(rule: .hand, count: hands, xp: Self.number(worth["hand_raises"]) ?? 0),
            Part(rule: .handTaken, count: Self.taken(counts["hand_raise_success_rate"], of: hands), xp: 0),
            Part(
                rule: .speech,
                count: Self.number(counts["total_speeches"]) ?? 0,
                xp: Self.number(worth["speeches_given"]) ?? 0
            ),
            Part(
                rule: .supportReceived,
                count: Self.number(counts["support_received"]) ?? 0,
                xp: Self.number(worth["support_received"]) ?? 0
            ),
            Part(rule: .supportGiven, count: Self.number(counts["support_given"]) ?? 0, xp: 0),
        ].filter { $0.count > 0 }
        let sum = worth.fields.values.compactMap(Self.number).reduce(0, +)
        let rest = (Self.number(document["xp_total"]) ?? sum) - parts.reduce(0) { $0 + $1.xp }
        if rest != 0 { parts.append(Part(rule: .imported, count: 1, xp: rest)) }
        self.parts = parts
        let written = document["badges"].list ?? []
        let found = Set(written.compactMap(Self.badge))
        badges = Badge.allCases.filter(found.contains)
        unknownBadges = written.filter { Self.badge($0) == nil && $0.isSomething }.map { Self.names($0).first ?? "?" }
        hasListeningTime = counts["total_listen_time"].isSomething
    }

    /// A whole number from 0 on.
    private static func number(_ value: LegacyValue) -> Int? {
        guard let number = value.number?.rounded(), (0...Double(limit)).contains(number) else { return nil }
        return Int(number)
    }

    /// How many of the raised hands led to the stage. A rate up to 1 is a share, a greater one a percentage.
    private static func taken(_ rate: LegacyValue, of hands: Int) -> Int {
        guard let rate = rate.number, (0...100).contains(rate) else { return 0 }
        return Int((Double(hands) * (rate > 1 ? rate / 100 : rate)).rounded())
    }

    // MARK: Badges

    private static func badge(_ value: LegacyValue) -> Badge? {
        names(value).lazy.compactMap(Badge.init(rawValue:)).first
    }

    /// What may be a badge's key: a bare one, or of a document its key, type and name; `Core Member` is `core_member`.
    private static func names(_ value: LegacyValue) -> [String] {
        let document = value.document
        let written = document.map { [$0["key"], $0["type"], $0["name"]] } ?? [value]
        return written.compactMap(\.word).map { $0.replacing(/[\s\-]+/, with: "_") }
    }
}
