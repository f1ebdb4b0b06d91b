import Domain
import Foundation

/// What hosts and members ask a club that is full.
struct ClubQuestions {
    private static let calls = 20
    private static let grants = 200
    /// So many places are on a page.
    private static let page = 20

    let store: any ClubStore
    let year = ClubYear()
    private let clock = StillClock(now: ClubYear.now)

    init(store: any ClubStore) {
        self.store = store
    }

    /// Every report over a year, every board, and what one member sees of themselves.
    func all() async throws -> [Question] {
        guard let host = try await store.members.find(.id(year.member(0))) else { return [] }
        return reports(for: host) + boards() + progress()
    }

    private func reports(for host: Member) -> [Question] {
        let analytics = Analytics(store: store, clock: clock)
        let subjects: [(String, FigureSubject)] = [
            ("club", .club), ("members", .members), ("shows", .shows), ("one show", .show(year.show(150))),
            ("episodes", .episodes), ("one episode", .episode(year.episode(500))), ("delivery", .delivery),
        ]
        return subjects.map { name, subject in
            Question(name: "report, a year: \(name)", calls: Self.calls) { _ in
                _ = try await analytics.report(on: subject, over: .year, for: host)
            }
        }
    }

    private func boards() -> [Question] {
        let (store, clock, year) = (store, clock, year)
        let first = BoardSpan.allCases.map { span in
            Question(name: "board, first page: \(span.rawValue)", calls: Self.calls) { _ in
                _ = try await Boards(store: store, clock: clock).part(span, after: 0, limit: Self.page)
            }
        }
        return first + [
            Question(name: "board, page from place 5,000 on", calls: Self.calls) { _ in
                _ = try await Boards(store: store, clock: clock).part(.allTime, after: 5_000, limit: Self.page)
            },
            // What the boards keep for half a minute is read anew.
            Question(name: "one's own place, read anew", calls: Self.calls) { number in
                let member = year.member(number * 7_919 % ClubSize.members)
                _ = try await Boards(store: store, clock: clock).place(of: member, .allTime)
            },
        ]
    }

    private func progress() -> [Question] {
        let (store, year) = (store, year)
        let book = ProgressBook(store: store, clock: clock)
        return [
            Question(name: "one member's progress", calls: Self.calls) { number in
                _ = try await book.progress(of: year.member(number * 7_919 % ClubSize.members))
            },
            Question(name: "one member's ledger, first page", calls: Self.calls) { number in
                let member = year.member(number * 7_919 % ClubSize.members)
                _ = try await XPHistory(store: store).groups(of: member, from: .first, limit: Self.page)
            },
            Question(name: "priority of a hand", calls: Self.calls) { number in
                _ = try await book.priority(of: year.member(number * 7_919 % ClubSize.members))
            },
        ]
    }

    /// A line for one of the members, each with another source or member.
    func grant(_ name: String) -> Question {
        let (store, year) = (store, year)
        return Question(name: name, calls: Self.grants) { number in
            let line = XPTransaction(
                member: year.member(number * 7_919 % ClubSize.members),
                rule: .chat,
                source: .show(LiveSessionID(rawValue: "grant\(number)")),
                count: 1,
                xp: 2,
                day: ClubDay(ClubYear.now, in: .gmt),
                at: ClubYear.now
            )
            try await store.ledger.post([line])
        }
    }
}
