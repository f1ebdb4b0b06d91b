import Domain
import Foundation
import TestSupport
import Testing

@testable import App

struct LegacySourceTests {
    private func check(_ collections: [String: [String]]) async throws(ImportFault) {
        try await LegacySource(database: MemoryLegacyDatabase(collections)).check()
    }

    private let name = "MongoDB, old.example.org/fomo"

    @Test func `the predecessor's database is recognised by its people or its episodes`() async throws {
        try await check(["users": [LegacyFixtures.user()], "podcasts": []])
        try await check(["podcasts": [#"{"_id":1}"#, LegacyFixtures.podcast()]])
    }

    @Test(arguments: [[:], ["users": [], "podcasts": []], ["system.views": [#"{"a":1}"#]]] as [[String: [String]]])
    func `an empty database is refused`(collections: [String: [String]]) async throws {
        await #expect(throws: ImportFault.empty(database: name)) { try await check(collections) }
    }

    @Test func `a club of this program is refused`() async throws {
        let collections = [
            "store": [#"{"_id":"fomo","schema":1}"#], "users": [LegacyFixtures.user()],
        ]
        await #expect(throws: ImportFault.ours(database: name)) { try await check(collections) }
    }

    @Test(
        arguments: [
            ["users": [#"{"_id":1,"email":"a@example.org"}"#]], ["orders": [#"{"_id":1}"#]],
            ["users": [#"{"_id":"a","schema":1,"version":1,"body":{"name":"A"},"index":{}}"#], "podcasts": []],
        ] as [[String: [String]]]
    )
    func `something else is refused`(collections: [String: [String]]) async throws {
        await #expect(throws: ImportFault.unknown(database: name)) { try await check(collections) }
    }

    @Test func `each refusal is one line that says what to do`() {
        let faults: [ImportFault] = [
            .empty(database: name), .ours(database: name), .unknown(database: name), .noFolder("x"),
            .unreachable(.unavailable(source: "find", code: 18)),
            .fileNotCopied("a.mp3", detail: "No space left"), .store(.conflict(collection: "users"), place: name),
        ]
        for fault in faults {
            #expect(!fault.description.contains("\n"))
            #expect(fault.description.last.map(".?".contains) == true)
        }
    }
}
