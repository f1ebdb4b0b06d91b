import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

/// Rooms' logs in MongoDB, where the writer of a batch was stopped in between.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoRoomTests {
    private let anna = Fixtures.member(2).id

    private func say(_ text: String, _ number: Int, in bench: StoreBench) async throws {
        let message = Fixtures.said(text, seq: number, by: anna, at: bench.now)
        let batch = Fixtures.batch(number, seqBefore: number - 1, [.said(message: message)], at: bench.now)
        try await bench.store.roomLog.append(batch)
    }

    private func texts(_ bench: StoreBench) async throws -> [String] {
        try await bench.store.chatMessages.page(of: Fixtures.roomShow, before: nil, limit: 9).compactMap(\.text)
    }

    @Test func `words that the writer could not bring to the messages are read all the same`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.fail(["insert"], on: "chat_messages")
        try await say("hello", 1, in: bench)
        try await bench.unfail("chat_messages")
        #expect(try await texts(bench) == ["hello"])
        let left = try await bench.beneath { client in
            try client.count(["pending_since": ["$exists": true]], in: "room_events")
        }
        #expect(left == 0)
        await bench.store.close()
    }

    @Test func `the sweep empties what the writer of a deletion could not`() async throws {
        let bench = try await StoreBench.onWire()
        try await say("secret", 1, in: bench)
        try await bench.fail(["update"], on: "chat_messages")
        let deletion: [RoomNews] = [.deleted(id: RoomMessageID(rawValue: "show-1.1"), by: anna)]
        try await bench.store.roomLog.append(Fixtures.batch(2, seqBefore: 1, deletion, at: bench.now))
        try await bench.unfail("chat_messages")
        try await bench.sweep()
        let kept = try await bench.beneath { client in
            try client.find(MongoQuery(collection: "chat_messages", filter: ["_id": "show-1.1"]))
        }
        #expect(kept.count == 1 && kept.first?["body.text"] == nil && kept.first?["body.name"] == nil)
        await bench.store.close()
    }

    @Test func `a batch that cannot be read keeps back no other's words`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.fail(["insert"], on: "chat_messages", ["errorCode": 85])
        for number in 1...2 { try await say("\(number)", number, in: bench) }
        try await bench.unfail("chat_messages")
        try await bench.beneath { client in
            let broken = MongoUpdate(filter: ["number": 1], change: ["$set": ["pending": ["odd"]]])
            _ = try client.update([broken], in: "room_events")
        }
        #expect(try await texts(bench) == ["2"])
        await bench.store.close()
    }
}
