import Domain
import Foundation
import TestSupport
import Testing

@testable import App

/// The predecessor's shows.
struct ShowImportTests {
    private static func show(_ fields: [String: String]) -> String {
        LegacyFixtures.json(
            [
                "id": #""live1""#, "title": #""Quiet hour""#, "description": #""About silence.""#,
                "status": #""ended""#, "scheduled_at": #""2026-05-01T18:00:00""#,
                "started_at": #""2026-05-01T18:02:00Z""#, "ended_at": #""2026-05-01T19:02:00Z""#,
                "duration_minutes": #"{"$numberInt":"90"}"#, "stream_key": #""sk-very-secret""#,
            ].merging(fields) { $1 }
        )
    }

    private func bench(_ shows: String..., podcasts: [String] = []) throws -> ImportBench {
        try ImportBench(users: [LegacyFixtures.user(1)], podcasts: podcasts, others: ["live_sessions": shows])
    }

    private func find(_ id: String, in bench: ImportBench) async throws -> LiveSession {
        try #require(try await bench.store.liveSessions.find(.id(LiveSessionID(rawValue: id))))
    }

    @Test func `a show that was comes in with its times and its episodes`() async throws {
        let bench = try bench(
            Self.show(["podcast_id": #""pod2""#, "participants_count": "7"]),
            podcasts: [LegacyFixtures.podcast(1), LegacyFixtures.podcast(2, ["live_session_id": nil])]
        )
        let report = try await bench.run()
        let show = try await find("live1", in: bench)
        #expect(show.title == "Quiet hour")
        #expect(show.summary == "About silence.")
        #expect(show.status == .recorded)
        #expect(show.host == nil)
        #expect(show.startsAt.formatted(.iso8601) == "2026-05-01T18:00:00Z")
        #expect(show.duration == .seconds(3_600))
        #expect(show.plannedDuration == .seconds(5_400))
        #expect(show.podcastID?.rawValue == "pod2")
        #expect(show.dueAt == nil)
        for id in ["pod1", "pod2"] { #expect(try await bench.podcast(id).show == show.id) }
        #expect(report[.liveSessions].ids == ["live1"])
        #expect(report[.streamKeys].count == 1)
        #expect(report[.listenerCounts].count == 1)
        #expect(report[.sessionLinks].count == 0)
        #expect(!bench.store.storedDrafts.contains { "\($0)".contains("live1") })
    }

    @Test func `a second import changes nothing`() async throws {
        let bench = try bench(Self.show([:]), podcasts: [LegacyFixtures.podcast(1)])
        try await bench.run()
        let (show, podcast) = (try await find("live1", in: bench), try await bench.podcast("pod1"))
        let report = try await bench.run()
        #expect(try await find("live1", in: bench) == show)
        #expect(try await bench.podcast("pod1") == podcast)
        #expect(report[.knownShows].count == 1)
        #expect(report[.liveSessions].count == 0)
    }

    @Test(arguments: 0..<4) func `an import that crashed is finished by the next`(writes: Int) async throws {
        let bench = try bench(Self.show([:]), podcasts: [LegacyFixtures.podcast(1)])
        bench.store.crash(afterWrites: writes)
        _ = try? await bench.run()
        bench.store.crash(afterWrites: nil)
        try await bench.run()
        #expect(try await find("live1", in: bench).podcastID?.rawValue == "pod1")
        #expect(try await bench.podcast("pod1").show?.rawValue == "live1")
    }

    @Test func `a dry run says what would come in, and writes nothing`() async throws {
        let bench = try bench(Self.show([:]))
        #expect(try await bench.run { $0.isDryRun = true }[.liveSessions].count == 1)
        #expect(try await bench.store.liveSessions.count(.past) == 0)
    }

    @Test func `a show to come is still to come, one that was missed or is live is not`() async throws {
        let future = ["status": #""scheduled""#, "started_at": "null", "ended_at": "null"]
        let bench = try bench(
            Self.show(future.merging(["scheduled_at": #""2026-07-01T18:00:00Z""#]) { $1 }),
            Self.show(future.merging(["id": #""live2""#]) { $1 }),
            Self.show(["id": #""live3""#, "status": #""live""#, "ended_at": "null", "title": "null"]),
            Self.show(["id": #""Live/4""#, "status": "7", "scheduled_at": "null"])
        )
        let report = try await bench.run()
        #expect(try await find("live1", in: bench).status == .scheduled)
        #expect(report[.missedShows].ids == ["live2"])
        let ended = try await find("live3", in: bench)
        #expect(ended.status == .ended)
        #expect(ended.duration == .seconds(5_400))
        #expect(report[.endedShows].ids == ["live3"])
        #expect(report[.untitledShows].ids == ["live3"])
        #expect(try await bench.store.liveSessions.count(.past) == 2)
        #expect(try await bench.store.liveSessions.count(.upcoming) == 1)
    }

    @Test func `odd shows come in without a crash`() async throws {
        let names = ["title", "status", "scheduled_at", "started_at", "ended_at", "duration_minutes", "podcast_id"]
        let odd = ["null", "-7", #""text""#, "[]", "{}", "1e300", "true", #"{"$date":{"$numberLong":"-9"}}"#]
        let shows = (0..<names.count * odd.count).map { number in
            Self.show(["id": #""odd\#(number)""#, names[number % names.count]: odd[number / names.count]])
        }
        let bench = try ImportBench(users: [LegacyFixtures.user(1)], others: ["live_sessions": shows])
        let report = try await bench.run()
        #expect(report[.liveSessions].count + report[.missedShows].count == shows.count)
        #expect(report.isWhole)
    }
}
