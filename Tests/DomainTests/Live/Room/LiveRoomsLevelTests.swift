import Foundation
import TestSupport
import Testing

@testable import Domain

/// What people may do in a room by their level, and where their hands stand, follows from the ledger.
struct LiveRoomsLevelTests {
    private func process() async throws -> RoomProcess {
        let process = RoomProcess()
        let day = ClubDay(process.clock.now, in: ClubSettings().zone)
        let member = MemberID(rawValue: "ann")
        let lines = [(XPRule.supportReceived, 150, 1_500), (.hand, 2, 5), (.handTaken, 1, 0)].map { rule, count, xp in
            XPTransaction(
                member: member,
                rule: rule,
                source: .show(LiveSessionID(rawValue: "before")),
                count: count,
                xp: xp,
                day: day,
                at: process.clock.now
            )
        }
        try await process.store.ledger.post(lines)
        return process
    }

    private func refusal(_ body: () async throws -> Void) async throws -> RoomRefusal? {
        do {
            try await body()
            return nil
        } catch ChangeFailure.refused(.room(let refusal)) {
            return refusal
        }
    }

    @Test func `a chat for a level takes those who have reached it`() async throws {
        let process = try await process()
        try await process.perform(.chatMode(.level(3), slow: .zero), by: "host")
        try await process.say("hello", by: "ann")
        #expect(try await refusal { try await process.say("hello", by: "bob") } == .chatForLevel(3))
        #expect(
            try await process.rooms.snapshot(of: RoomProcess.session, for: RoomProcess.actor("ann").person).you.level
                == 3
        )
        await process.rooms.close()
    }

    @Test func `a hand's priority is what the member has collected, fixed at the moment of raising`() async throws {
        let process = try await process()
        try await process.enter("c1", by: "bob")
        try await process.perform(.raiseHand(topic: nil), by: "bob")
        try await process.perform(.raiseHand(topic: nil), by: "ann")
        let hands = try await process.log().flatMap(\.facts).compactMap { fact in
            if case .raised(let hand) = fact.news { hand } else { nil }
        }
        // 50 + 6.25 × 2 + 0.2 × (1.5 × 2 + 0.5 × 150, at most 10) + 20 × 1/2 + 10.
        #expect(hands.map(\.priority) == [60, 85.1])
        #expect(try await process.snapshot().hands.first?.member.rawValue == "ann")
        await process.rooms.close()
    }

    @Test func `thousands who come in at once cost a few reads`() async throws {
        let process = try await process()
        let standings = RoomStandings(store: process.store, clock: process.clock)
        let levels = await withTaskGroup(of: Int.self) { group in
            for number in 0..<2_000 {
                let id = MemberID(rawValue: number == 7 ? "ann" : "m\(number)")
                group.addTask { await standings.known(RoomPerson(id: id, name: "")).level }
            }
            return await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(levels == [1: 1_999, 3: 1])
        await process.rooms.close()
    }
}
