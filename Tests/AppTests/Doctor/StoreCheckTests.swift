import Domain
import Foundation
import Sandbox
import TestSupport
import Testing

@testable import App

struct StoreCheckTests {
    let folder = TemporaryFolder()

    private var file: URL { Settings.sqliteFile(in: folder.url) }

    private func finding(_ place: Settings.Store) async throws -> Finding {
        let findings = await StoreCheck(place: place, clock: SystemClubClock()).look().findings
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect((finding.verdict == .ok) == (finding.advice == nil))
        return finding
    }

    private func makeStore() async throws {
        let opening = StoreOpening(signal: OutboxSignal(), clock: SystemClubClock(), logger: .silent)
        await (try await opening.open(.sqlite(file))).store.close()
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []).sorted()
    }

    @Test func `a file that is not there is made by the first start, not by a look`() async throws {
        #expect(try await finding(.sqlite(file)).verdict == .ok)
        #expect(names.isEmpty)
    }

    @Test func `a club's file is whole, and a look leaves nothing behind`() async throws {
        try await makeStore()
        let before = names
        let finding = try await finding(.sqlite(file))

        #expect(finding.verdict == .ok)
        #expect(finding.seen.contains(", whole"))
        #expect(names == before)
    }

    @Test func `a file in use can be looked at`() async throws {
        let opening = StoreOpening(signal: OutboxSignal(), clock: SystemClubClock(), logger: .silent)
        let store = try await opening.open(.sqlite(file)).store

        #expect(try await finding(.sqlite(file)).verdict == .ok)
        await store.close()
    }

    @Test func `what is no database is a fault`() async throws {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 9_000).write(to: file)

        let finding = try await finding(.sqlite(file))
        #expect(finding.verdict == .fault)
        #expect(finding.advice?.contains("backup") == true)
    }

    @Test func `a damaged file is a fault`() async throws {
        try await makeStore()
        let handle = try FileHandle(forUpdating: file)
        let size = try handle.seekToEnd()
        for page in stride(from: UInt64(4_096), to: size, by: 8_192) {
            try handle.seek(toOffset: page)
            try handle.write(contentsOf: Data(repeating: 0xEE, count: 600))
        }
        try handle.close()

        #expect(try await finding(.sqlite(file)).verdict == .fault)
    }

    @Test func `a server that does not answer is a fault, and its password stays untold`() async throws {
        let url = "mongodb://me:s3cret@127.0.0.1:\(try Program.freePort())/?serverSelectionTimeoutMS=200"
        let finding = try await finding(.mongo(url: url, database: "fomo"))

        #expect(finding.verdict == .fault)
        #expect(finding.advice?.contains("MONGO_URL") == true)
        #expect(!finding.text.contains("s3cret"))
    }

    @Test(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"))
    func `an empty database is well, and stays empty; the club's is known`() async throws {
        let server = try WireServer()
        let place = Settings.Store.mongo(url: server.url, database: "fomo")
        for _ in 1...2 { #expect(try await finding(place).seen.contains("empty")) }
        let opening = StoreOpening(signal: OutboxSignal(), clock: SystemClubClock(), logger: .silent)
        await (try await opening.open(place)).store.close()

        let finding = try await finding(place)
        #expect(finding.verdict == .ok)
        #expect(finding.seen.contains("the club's database"))
        withExtendedLifetime(server) {}
    }

    @Test(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"))
    func `a wrong password is a fault`() async throws {
        let server = try WireServer(user: "fomo", password: "right-one")
        let url = server.url.replacing("mongodb://", with: "mongodb://fomo:wrong-one@")
        let finding = try await finding(.mongo(url: url, database: "fomo"))

        #expect(finding.verdict == .fault)
        #expect(finding.seen.contains("refuses user or password"))
        #expect(!finding.text.contains("wrong-one"))
        withExtendedLifetime(server) {}
    }
}
