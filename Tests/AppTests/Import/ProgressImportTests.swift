import Domain
import Foundation
import TestSupport
import Testing

@testable import App

/// What the predecessor's people had collected.
struct ProgressImportTests {
    private static let collected: [String: String?] = [
        "xp_total": #"{"$numberInt":"1500"}"#,
        "xp_breakdown": #"{"listening_time":700,"hand_raises":100,"speeches_given":300,"support_received":40}"#,
        "voice_stats": #"""
        {"total_speeches":3,"hand_raise_count":{"$numberLong":"20"},"hand_raise_success_rate":0.25,"support_given":6,
         "support_received":"4","total_listen_time":3600}
        """#,
        "badges":
            #"["early_member",{"name":"Core Member","icon":"x"},{"type":"10_sessions"},{"key":"vip_guest"},null]"#,
    ]

    private func user(_ changes: [String: String?] = [:]) -> String {
        LegacyFixtures.user(1, Self.collected.merging(changes) { $1 })
    }

    private func sums(_ bench: ImportBench, _ id: String = "user1") async throws -> LedgerSums {
        let member = MemberID(rawValue: id)
        return try await bench.store.ledger.sums(of: [member])[member] ?? LedgerSums()
    }

    // MARK: XP

    @Test func `a person has the XP that they had, with the counts that are known`() async throws {
        let bench = try ImportBench(users: [user()])

        let report = try await bench.run()

        let sums = try await sums(bench)
        #expect(sums.xp == 1_500)
        let expected: [XPRule: LedgerSums.Sum] = [
            .hand: .init(count: 20, xp: 100), .handTaken: .init(count: 5), .speech: .init(count: 3, xp: 300),
            .supportReceived: .init(count: 4, xp: 40), .supportGiven: .init(count: 6),
            .imported: .init(count: 1, xp: 1_060),
        ]
        #expect(sums.byRule == expected)
        #expect(try await bench.corrections().allSatisfy { $0.origin == .imported && $0.by == nil })
        #expect(report[.progress].ids == ["user1"])
        #expect(report[.listeningTimes].ids == ["user1"])
    }

    @Test func `it counts for the day on which they came, so that nobody leads the season by it`() async throws {
        let bench = try ImportBench(users: [user()])

        try await bench.run()

        let came = try #require(ClubDay(rawValue: "2023-11-01"))
        #expect(try await bench.corrections().allSatisfy { $0.day == came })
        let now = ClubDay(bench.clock.now, in: ClubSettings().zone)
        #expect(try await bench.store.ledger.ranks(.season(now.season), skipping: 0, limit: 9).isEmpty)
        #expect(try await bench.store.ledger.ranks(.allTime, skipping: 0, limit: 9).map(\.xp) == [1_500])
    }

    @Test(
        arguments: [
            (["xp_total": nil], 1_140), (["xp_total": #""77""#], 77), (["xp_total": "-5"], 1_140),
            (["xp_total": "1e99"], 1_140), (["xp_breakdown": nil], 1_500), (["xp_breakdown": "[1]"], 1_500),
            (["voice_stats": nil], 1_500), (["voice_stats": #"{"total_speeches":-3}"#], 1_500),
            (["xp_total": "0", "xp_breakdown": "{}", "voice_stats": "null"], 0),
        ] as [([String: String?], Int)]
    )
    func `the sum is that of the person, whatever else is missing or makes no sense`(
        changes: [String: String?],
        xp: Int
    ) async throws {
        let bench = try ImportBench(users: [user(changes)])

        try await bench.run()

        #expect(try await sums(bench).xp == xp)
        #expect(try await bench.corrections().allSatisfy { $0.count > 0 })
    }

    @Test(arguments: [("0.25", 5), ("25", 5), ("1", 20), ("100", 20), ("0", 0), ("101", 0), ("-1", 0), ("null", 0)])
    func `a rate of taken hands is a share or a percentage`(rate: String, taken: Int) async throws {
        let stats = #"{"hand_raise_count":20,"hand_raise_success_rate":\#(rate)}"#
        let bench = try ImportBench(users: [user(["voice_stats": stats])])

        try await bench.run()

        #expect(try await sums(bench)[.handTaken].count == taken)
    }

    @Test func `an hour of listening in an unknown unit is no time here`() async throws {
        let bench = try ImportBench(users: [user()])

        try await bench.run()

        let sums = try await sums(bench)
        #expect(sums[.episodeTime] == .init() && sums[.liveTime] == .init())
    }

    // MARK: Badges

    @Test func `badges come in by key, type or name, and those that are none are told`() async throws {
        let bench = try ImportBench(users: [user()])

        let report = try await bench.run()

        let awards = try await bench.awards(of: "user1")
        #expect(Set(awards.map(\.badge)) == [.earlyMember, .coreMember, .tenSessions])
        #expect(awards.allSatisfy { $0.by == nil && $0.revokedAt == nil })
        #expect(report[.badges] == ImportReport.Tally(count: 3, ids: ["user1"]))
        #expect(report[.unknownBadges] == ImportReport.Tally(count: 1, ids: ["vip_guest"]))
    }

    @Test func `a badge that was taken back here stays so`() async throws {
        let bench = try ImportBench(users: [user()])
        try await bench.run()
        let award = try #require(try await bench.awards(of: "user1").first { $0.badge == .coreMember })
        let revoked = Fixtures.revoked(award, at: bench.clock.now)
        _ = try await bench.store.badges.change(.id(award.id), cause: Fixtures.cause(1)) { _ in Change(revoked) }

        let report = try await bench.run()

        #expect(try await bench.awards(of: "user1").contains(revoked))
        #expect(report[.knownBadges].count == 3)
    }

    // MARK: Again, and to whom

    @Test func `who came in before XP did gets them by the next import, and once`() async throws {
        let nothing: [String: String?] = ["xp_total": nil, "xp_breakdown": nil, "voice_stats": nil, "badges": nil]
        let bench = try ImportBench(users: [user(nothing)])
        try await bench.run()
        #expect(try await bench.corrections().isEmpty)
        bench.database.set("users", [user()])

        let second = try await bench.run()
        bench.database.set("users", [user(["xp_total": "9000"])])
        let third = try await bench.run()

        #expect(second[.progress].count == 1 && second[.knownMembers].count == 1)
        #expect(third[.progress].count == 0 && third[.knownProgress].ids == ["user1"])
        #expect(try await sums(bench).xp == 1_500)
    }

    @Test func `who is in the club with the same account already gets what they had`() async throws {
        let bench = try ImportBench(users: [user()])
        let member = Fixtures.member(1)
        try await bench.keep(member)

        try await bench.run()

        #expect(try await sums(bench, member.id.rawValue).xp == 1_500)
        #expect(try await bench.awards(of: member.id.rawValue).count == 3)
    }

    @Test func `who asked to be forgotten gets nothing back`() async throws {
        let bench = try ImportBench(users: [user()])
        try await bench.run()
        let before = try await bench.contents()
        let privacy = Privacy(store: bench.store, directory: bench.directory, clock: bench.clock)
        try await privacy.forget(bench.member("user1"), cause: Fixtures.cause(1))
        bench.database.set("users", [user(["badges": #"["supporter"]"#])])

        let report = try await bench.run()

        #expect(report[.forgottenPeople].ids == ["user1"])
        #expect(try await bench.awards(of: "user1").allSatisfy { $0.revokedAt != nil && $0.badge != .supporter })
        #expect(try await bench.contents().lines == before.lines)
    }

    @Test func `a rebuild of the ledger finds what came in as it was`() async throws {
        let bench = try ImportBench(users: [user(), LegacyFixtures.user(2, ["telegram_chat_id": nil])])
        try await bench.run()

        let origins: [any LedgerOrigin] = [CorrectionOrigin(store: bench.store)]
        let rebuild = LedgerRebuild(store: bench.store, origins: origins, clock: bench.clock)

        #expect(try await rebuild.run().isNone)
        #expect(try await sums(bench).xp == 1_500)
        #expect(try await sums(bench, "user2").xp == 1_500)
    }
}
