import Domain
import Foundation
import Sandbox
import TestSupport
import Testing

@testable import App

/// `fomo admin rebuild-xp` as people use it, on a club with shows, listening and corrections.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct RebuildXPTests {
    private let folder = TemporaryFolder()
    private let now = Fixtures.start

    private func settings() -> [String: String] {
        [
            "TELEGRAM_BOT_TOKEN": SandboxClub.botToken,
            "TELEGRAM_CHANNEL_ID": "\(SandboxClub.channelID)",
            "DATA_DIR": folder.url.path,
            "LOG_LEVEL": "error",
        ]
    }

    private func run(_ arguments: String...) async throws -> (code: Int32, text: String) {
        let program = try Program(settings(), arguments: arguments)
        let code = await program.end()
        return (code, program.outputText() + program.errorText())
    }

    /// Opens the club's store, and closes it behind `body`.
    @discardableResult
    private func inStore<Value>(_ body: (any ClubStore) async throws -> Value) async throws -> Value {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        let opening = StoreOpening(signal: OutboxSignal(), clock: SystemClubClock(), logger: .silent)
        let store = try await opening.open(.sqlite(Settings.sqliteFile(in: folder.url))).store
        let value = try await body(store)
        await store.close()
        return value
    }

    private func lines() async throws -> [XPTransaction] {
        try await inStore { try await $0.ledger.lines(after: nil, limit: 1_000) }
    }

    /// A club whose ledger is what happened.
    private func fill() async throws {
        try await inStore { try await $0.fill(now: now) }
        let first = try await run("admin", "rebuild-xp")
        #expect(first.code == 1, "\(first.text)")
    }

    @Test func `a ledger that is what happened is the same afterwards`() async throws {
        try await fill()
        let before = try await lines()
        let kinds = Set(before.map { String($0.source.rawValue.prefix(1)) })
        #expect(kinds == ["s", "e", "l", "c"])

        let result = try await run("admin", "rebuild-xp")

        #expect(result.code == 0)
        #expect(result.text.contains("The ledger was made anew: \(before.count) lines, no difference."))
        #expect(try await lines() == before)
    }

    @Test func `lines that were tampered with are named, and put right`() async throws {
        try await fill()
        let before = try await lines()
        let heard = try #require(before.first { $0.rule == .episodeTime })
        let wrong = XPTransaction(
            member: heard.member,
            rule: heard.rule,
            source: heard.source,
            count: heard.count + 1,
            xp: 5_000,
            day: heard.day,
            at: heard.at
        )
        let invented = Fixtures.line(3, .speech, .show(LiveSessionID(rawValue: "never")), at: now)
        try await inStore { _ = try await $0.ledger.post([wrong, invented]) }
        let tampered = try await lines()

        let tried = try await run("admin", "rebuild-xp", "--dry-run")
        #expect(tried.code == 1)
        #expect(tried.text.contains("put it right: fomo admin rebuild-xp"))
        #expect(try await lines() == tampered)

        let mended = try await run("admin", "rebuild-xp")
        #expect(mended.code == 1)
        #expect(mended.text.contains("1 line was there of which nothing happened:\n  "))
        #expect(mended.text.contains("the show never: speeches, 1 ×, 100 XP"))
        #expect(mended.text.contains("1 line was otherwise:\n  "))
        #expect(mended.text.contains("5000 XP; rightly \(Double(heard.count) / 1_000) s, \(heard.xp) XP"))
        #expect(try await lines() == before)
        #expect(try await run("admin", "rebuild-xp").code == 0)
    }

    @Test func `until a rebuild that was stopped is finished, no club starts and nothing is backed up`() async throws {
        try await fill()
        let before = try await lines()
        try await inStore { store in
            let end = Timestamp.date(milliseconds: Timestamp.limit)
            let mark = Lease(name: LedgerRebuild.mark, holder: LedgerRebuild.mark, place: "here", expiresAt: end)
            _ = try await store.leases.acquire(mark, now: now, takesOverSamePlace: true)
            try await store.ledger.clear()
        }
        let advice = "is only half made anew. Finish it: fomo admin rebuild-xp.\n"
        let backup = folder.url.deletingLastPathComponent().appending(path: "backup-\(UUID().uuidString)")

        let serving = try await run("serve")
        #expect(serving.code == 78)
        #expect(serving.text.hasPrefix("fomo: DATA_DIR: ") && serving.text.hasSuffix(advice))
        let saving = try await run("backup", backup.path)
        #expect(saving.code == 1)
        #expect(saving.text.hasSuffix(advice))
        #expect(!FileManager.default.fileExists(atPath: backup.path))

        let finished = try await run("admin", "rebuild-xp")
        #expect(finished.code == 1)
        #expect(finished.text.contains("The rebuild that was stopped before is finished: \(before.count) lines."))
        #expect(try await lines() == before)
        #expect(try await run("admin", "rebuild-xp").code == 0)
    }

    @Test func `a club that runs is left alone`() async throws {
        let club = try await RunningClub(folder: folder)

        let result = try await run("admin", "rebuild-xp")

        #expect(result.code == 78)
        #expect(result.text.contains("another fomo works with"))
        await club.stop()
    }

    @Test func `a place without a club gets one line`() async throws {
        let result = try await run("admin", "rebuild-xp")

        #expect(result.code == 1)
        #expect(result.text.hasPrefix("fomo: SQLite, "))
        #expect(!FileManager.default.fileExists(atPath: Settings.sqliteFile(in: folder.url).path))
    }
}
