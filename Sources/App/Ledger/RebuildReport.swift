import Domain

/// What a rebuild of the ledger has to say to the person who asked for it.
struct RebuildReport: Sendable {
    let difference: LedgerDifference
    /// Whether nothing was changed.
    let isDryRun: Bool
    /// Whether an earlier rebuild had been stopped in the middle.
    let wasUnfinished: Bool
    let names: LedgerNames

    /// Several lines for a terminal.
    var text: [String] {
        [heading]
            + part(difference.missing, one: "line was missing", many: "lines were missing")
            + part(
                difference.surplus,
                one: "line was there of which nothing happened",
                many: "lines were there of which nothing happened"
            )
            + part(difference.different, one: "line was otherwise", many: "lines were otherwise")
    }

    private var heading: String {
        let lines = difference.lines == 1 ? "1 line" : "\(difference.lines) lines"
        switch (difference.isNone, isDryRun, wasUnfinished) {
        case (true, true, _): return "The ledger is what happened makes of it: \(lines), no difference."
        case (true, false, _): return "The ledger was made anew: \(lines), no difference."
        case (false, false, true):
            return "The rebuild that was stopped before is finished: \(lines). What it had not made yet:"
        case (false, false, false): return "The ledger was made anew: \(lines). It was not what happened makes of it:"
        case (false, true, true):
            return "A rebuild was begun and not finished; finish it: fomo admin rebuild-xp. What it has not made yet:"
        case (false, true, false):
            return "The ledger is not what happened makes of it; put it right: fomo admin rebuild-xp."
        }
    }

    private func part(_ lines: LedgerDifference.Lines, one: String, many: String) -> [String] {
        guard lines.count > 0 else { return [] }
        let more = lines.count > lines.first.count ? ["  …"] : []
        return ["\(lines.count) \(lines.count == 1 ? one : many):"] + lines.first.map { "  \(words($0))" } + more
    }

    private func words(_ line: XPTransaction) -> String {
        guard let due = difference.expected[line.id] else { return names.words(line) }
        let day = due.day == line.day ? "" : "\(due.day), "
        return "\(names.words(line)); rightly \(day)\(LedgerNames.amount(due))"
    }
}
