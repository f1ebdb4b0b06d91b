import Domain
import Foundation
import TestSupport
import Testing

@testable import App

struct LegacyImportTests {
    private static let others = [
        "live_sessions": [#"{"id":"live1","title":"Show","stream_key":"sk-very-secret"}"#],
        "xp_transactions": [#"{"user_id":"user1","xp_earned":5}"#, #"{"user_id":"user1","xp_earned":7}"#],
        "club_settings": [#"{"owner_wallet":"0xSECRET","club_owner_id":"user1"}"#],
        "comments": [], "likes": [#"{"a":1}"#], "system.views": [#"{"a":1}"#],
    ]

    private func bench() throws -> ImportBench {
        let bench = try ImportBench(
            users: [
                LegacyFixtures.user(1, ["role": #""owner""#]), LegacyFixtures.user(2),
                LegacyFixtures.user(3, ["telegram_chat_id": nil]),
            ],
            podcasts: [
                LegacyFixtures.podcast(1), LegacyFixtures.podcast(2), LegacyFixtures.podcast(3, ["status": nil]),
                LegacyFixtures.podcast(4, ["telegram_message_id": nil]),
            ],
            others: Self.others
        )
        try bench.addFile("pod1.ogg")
        return bench
    }

    // MARK: Again

    @Test func `a second import changes nothing`() async throws {
        let bench = try bench()
        try await bench.run()
        let contents = try await bench.contents()
        let owner = try await bench.member("user1")

        let report = try await bench.run()

        #expect(try await bench.contents() == contents)
        #expect(try await bench.member("user1") == owner)
        #expect(report[.knownMembers].count == 3)
        #expect(report[.knownPodcasts].count == 4)
        #expect(ImportNote.allCases.filter { $0.group == .cameIn }.allSatisfy { report[$0].count == 0 })
    }

    @Test func `a second import brings in what is new, and leaves what was changed here`() async throws {
        let bench = try bench()
        try await bench.run()
        var renamed = try await bench.podcast("pod1")
        renamed.title = "Renamed here"
        try await bench.keep(renamed)
        bench.database.set("podcasts", (1...5).map { LegacyFixtures.podcast($0) })

        let report = try await bench.run()

        #expect(report[.podcasts].ids == ["pod5"])
        #expect(try await bench.podcast("pod1").title == "Renamed here")
    }

    @Test(arguments: 0..<23) func `an import that crashed is finished by the next`(writes: Int) async throws {
        let whole = try bench()
        try await whole.run()
        let expected = try await whole.contents()
        let bench = try bench()
        bench.store.crash(afterWrites: writes)
        await #expect(throws: ImportFault.store(.unavailable(source: "memory", code: 0), place: "memory")) {
            try await bench.run()
        }
        bench.store.crash(afterWrites: nil)

        try await bench.run()

        #expect(try await bench.contents() == expected)
        #expect(try await bench.member("user1").role == .owner)
        #expect(try await bench.podcast("pod1").recordings[0].media == whole.podcast("pod1").recordings[0].media)
    }

    @Test func `files and posts that are there by the next time complete the episodes`() async throws {
        let bench = try bench()
        try await bench.run(hasFiles: false) { $0.channel = nil }
        #expect(try await bench.podcast("pod1").status == .awaitingRecording)

        let second = try await bench.run(hasFiles: false)
        #expect(second[.completedPodcasts].ids == ["pod1", "pod2", "pod3"])
        #expect(try await bench.podcast("pod2").recordings.map(\.media) == [.messengerOnly(.onlyPostKnown)])
        #expect(try await bench.podcast("pod2").status == .published)
        #expect(try await bench.podcast("pod3").status == .unpublished)

        try bench.addFile("pod4.ogg")
        let third = try await bench.run()
        #expect(third[.completedPodcasts].ids == ["pod1", "pod4"])
        for id in ["pod1", "pod4"] {
            let podcast = try await bench.podcast(id)
            #expect(podcast.status == .published)
            guard case .stored = podcast.recordings.first?.media else {
                Issue.record("\(id) has no file")
                continue
            }
        }
        #expect(try await bench.podcast("pod1").recordings[0].posts.map(\.message) == [1])
        #expect(try await bench.run()[.completedPodcasts].count == 0)
    }

    // MARK: Trying it out

    @Test func `a dry run says what would come in, and writes nothing`() async throws {
        let bench = try bench()

        let dry = try await bench.run { $0.isDryRun = true }

        let nothing = ImportBench.Contents(members: [], memberCount: 0, podcasts: [])
        #expect(try await bench.contents() == nothing)
        #expect(try await bench.store.settings.find(.club) == nil)
        #expect(bench.media.names.isEmpty)
        let real = try await bench.run()
        #expect(dry.tallies == real.tallies)
        #expect(dry.isWhole && real.isWhole)
        #expect(dry.text.hasPrefix("Nothing was written"))
    }

    @Test func `a dry run says what would complete the episodes, and leaves them`() async throws {
        let bench = try bench()
        try await bench.run(hasFiles: false)
        let contents = try await bench.contents()

        let dry = try await bench.run { $0.isDryRun = true }

        #expect(dry[.completedPodcasts].ids == ["pod1"])
        #expect(try await bench.contents() == contents)
        #expect(bench.media.names.isEmpty)
    }

    // MARK: What stays out

    @Test func `collections that stay out are counted and not read`() async throws {
        let bench = try bench()

        let report = try await bench.run()

        #expect(bench.database.read == ["users", "podcasts", "live_sessions"])
        #expect(report[.missedShows].ids == ["live1"])
        #expect(report[.streamKeys].count == 1)
        #expect(report[.xpTransactions].count == 2)
        #expect(report[.clubSettings].count == 1)
        #expect(report[.otherCollections] == ImportReport.Tally(count: 1, ids: ["likes"]))
        let written = try report.text + report.json()
        #expect(!written.contains("sk-very-secret") && !written.contains("0xSECRET"))
    }

    @Test func `documents that cannot be read or have no id are counted`() async throws {
        let bench = try ImportBench(
            users: [LegacyFixtures.user(1), "nonsense", #"{"name":"A","role":"member"}"#],
            podcasts: ["[]", #"{"title":"A"}"#]
        )

        let report = try await bench.run()

        #expect(report[.unreadable].count == 2)
        #expect(report[.withoutID].count == 2)
        #expect(report[.members].count == 1)
    }

    @Test func `an outage of the old database is told with its name`() async throws {
        let bench = try bench()
        bench.database.setOutage(.unavailable(source: "find", code: 13_053))

        await #expect(
            throws: ImportFault.store(.unavailable(source: "find", code: 13_053), place: bench.database.summary)
        ) {
            try await bench.run()
        }
    }

    @Test func `a folder that is none is told before anything is read`() async throws {
        let bench = try bench()
        try FileManager.default.removeItem(at: bench.oldFiles)

        await #expect(throws: ImportFault.noFolder(bench.oldFiles.path)) { try await bench.run() }
        #expect(bench.database.read.isEmpty)
    }

    // MARK: Odd documents

    /// Each bit of the number leaves out one field; each odd run has fields of other types as well.
    @Test func `every subset of fields comes in without a crash`() async throws {
        let userNames = LegacyFixtures.userFields().keys.sorted().filter { $0 != "_id" }
        let podcastNames = LegacyFixtures.podcastFields().keys.sorted().filter { $0 != "_id" }
        var generator = SeededNumbers(7)
        var users = [LegacyFixtures.user(1)]
        var podcasts = [LegacyFixtures.podcast(1)]
        let odd = ["null", "7", #""text""#, "[]", "{}", #"[{"a":1}]"#, "true", #"{"$binary":{"base64":""}}"#, "-1.5e9"]
        for number in 2...400 {
            let mask = generator.next()
            var user = LegacyFixtures.userFields(number)
            for (bit, name) in userNames.enumerated() where mask >> UInt64(bit) & 1 == 1 {
                user[name] = mask >> 60 == 0 || number.isMultiple(of: 2) ? nil : odd[Int(mask % UInt64(odd.count))]
            }
            user["_id"] = #"{"$oid":"\#(number)"}"#
            users.append(LegacyFixtures.json(user))
            var podcast = LegacyFixtures.podcastFields(number)
            for (bit, name) in podcastNames.enumerated() where mask >> UInt64(bit) & 1 == 1 {
                podcast[name] = number.isMultiple(of: 2) ? nil : odd[Int((mask >> 20) % UInt64(odd.count))]
            }
            podcast["_id"] = #"{"$oid":"\#(number)"}"#
            podcasts.append(LegacyFixtures.json(podcast))
        }
        let bench = try ImportBench(users: users, podcasts: podcasts)

        let report = try await bench.run()

        let people = [ImportNote.members, .claimableMembers, .doubleUsers, .doubleAccounts].map { report[$0].count }
        #expect(people.reduce(0, +) == 400)
        #expect(report[.podcasts].count + report[.doublePodcasts].count == 400)
        let contents = try await bench.contents()
        #expect(contents.podcasts.count == report[.podcasts].count)
        #expect(contents.memberCount == report[.members].count + report[.claimableMembers].count)
        #expect(contents.corrections.map(\.line).allSatisfy { contents.lines.contains($0) })
        let again = try await bench.run()
        #expect(again[.podcasts].count == 0)
        #expect(try await bench.contents() == contents)
    }
}

/// Numbers that can be foreseen (Knuth's MMIX generator, the upper bits folded in).
private struct SeededNumbers {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
