import Foundation
import TestSupport
import Testing

@testable import Domain

/// Coming back: of a client after it was away, of a process after it died.
@Suite(.timeLimit(.minutes(1)))
struct LiveRoomsReturnTests {
    @Test func `a process that dies between the log and the telling loses nothing`() async throws {
        let first = RoomProcess()
        try await first.say("seen")
        let place = try await RoomPlace(seq: first.snapshot().seq, epoch: first.snapshot().epoch)
        await first.rooms.close()
        // What the dying process has logged and not told.
        let last = try #require(try await first.log().last)
        let lastSeq = place.seq
        let message = Fixtures.said(
            "unseen",
            seq: lastSeq + 1,
            by: MemberID(rawValue: "ann"),
            clientID: "x",
            in: RoomProcess.session,
            at: first.clock.now
        )
        try await first.store.roomLog.append(
            Fixtures.batch(
                last.number + 1,
                seqBefore: lastSeq,
                [.said(message: message)],
                in: RoomProcess.session,
                at: first.clock.now
            )
        )

        let second = first.another()
        let welcome = try await second.enter("c2", since: place)
        guard case .missed(let signals) = welcome else {
            Issue.record("a snapshot instead of what was missed")
            return
        }
        #expect(signals.compactMap(\.text) == ["unseen"])
        let again = try await second.say("unseen", as: "x")
        #expect(again.isRepeat && again.seq == lastSeq + 1)
        #expect(second.listener.texts.isEmpty)
        await second.rooms.close()
    }

    @Test func `who returns gets exactly what was missed, and then everything`() async throws {
        let process = RoomProcess()
        guard case .snapshot(let before) = try await process.enter("c1") else {
            Issue.record("no snapshot at the first coming")
            return
        }
        for text in ["a", "b", "c"] { try await process.say(text, by: text) }
        try await process.perform(.raiseHand(topic: "t"), by: "bob")
        let place = RoomPlace(seq: before.seq + 1, epoch: before.epoch)
        guard case .missed(let missed) = try await process.enter("c2", since: place) else {
            Issue.record("no resumption")
            return
        }
        #expect(missed.compactMap(\.text) == ["b", "c"])
        #expect(missed.contains { if case .hands(before.seq + 4, _, 1) = $0 { true } else { false } })
        try await process.say("d", by: "d")
        #expect(process.listener.texts.last == "d")
        await process.rooms.close()
    }

    @Test func `who returns is told the queue, the crew, the microphones and their own place as they are now`()
        async throws
    {
        let process = RoomProcess()
        try await process.enter("h1", by: "host")
        try await process.rooms.microphone(of: RoomBench.host, isOn: true, in: RoomProcess.session)
        try await process.perform(.raiseHand(topic: nil), by: "bob")
        let now = try await process.snapshot()
        guard
            case .missed(let missed) = try await process.enter(
                "b2",
                by: "bob",
                since: RoomPlace(seq: now.seq, epoch: now.epoch)
            )
        else {
            Issue.record("no resumption")
            return
        }
        #expect(missed.first == .hands(seq: now.seq, now.hands, total: 1))
        let news = missed.compactMap { if case .noted(let fact) = $0 { fact.news } else { nil } }
        #expect(
            news == [.ruled(crew: now.crew, hands: now.handPolicy), .voiced(member: RoomBench.host, isOn: true)]
        )
        #expect(missed.last == .position(MemberID(rawValue: "bob"), 1))
        await process.rooms.close()
    }

    @Test func `another log, a number from the future, and one from long ago are answered with a snapshot`()
        async throws
    {
        let process = RoomProcess()
        let epoch = try await process.snapshot().epoch
        for number in 1...1_100 { try await process.say("m\(number)", by: "member \(number)") }
        let seq = try await process.snapshot().seq
        let places = [
            RoomPlace(seq: seq, epoch: "other"), RoomPlace(seq: seq + 1, epoch: epoch), RoomPlace(seq: 1, epoch: epoch),
        ]
        for (number, place) in places.enumerated() {
            guard case .snapshot(let snapshot) = try await process.enter("c\(number)", since: place) else {
                Issue.record("\(place)")
                continue
            }
            #expect(snapshot.seq == seq && snapshot.messages.count == 100)
        }
        guard case .missed = try await process.enter("c9", since: RoomPlace(seq: seq - 500, epoch: epoch)) else {
            Issue.record("500 events are not too many")
            return
        }
        await process.rooms.close()
    }

    @Test func `a restart keeps the log's epoch, hands, stage and words`() async throws {
        let first = RoomProcess()
        try await first.enter("h", by: "host")
        try await first.say("hello")
        try await first.perform(.pin("topic of the day"), by: "host")
        try await first.perform(.raiseHand(topic: "cats"), by: "bob")
        let before = try await first.snapshot()
        await first.rooms.close()

        let second = first.another()
        let after = try await second.snapshot()
        await second.rooms.close()
        #expect(after.epoch == before.epoch && after.seq == before.seq)
        #expect(after.messages == before.messages && after.hands == before.hands && after.pinned == before.pinned)
        #expect(after.stage == before.stage && after.stage.map(\.member.rawValue) == ["host"])
    }

    @Test func `a deleted message is told to nobody who returns, here and after a restart`() async throws {
        let process = RoomProcess()
        let place = try await RoomPlace(seq: process.snapshot().seq, epoch: process.snapshot().epoch)
        let seq = try await process.say("secret").seq
        let id = RoomMessageID(rawValue: "show.\(seq)")
        try await process.perform(.deleteMessage(id), by: "host")
        let other = process.another()
        for somewhere in [process, other] {
            guard case .missed(let missed) = try await somewhere.enter("c \(seq)", since: place) else {
                Issue.record("no resumption")
                continue
            }
            #expect(missed.compactMap(\.text).isEmpty)
            #expect(
                missed.contains { signal in
                    guard case .numbered(_, let fact) = signal, case .deleted(id, _) = fact.news else { return false }
                    return true
                }
            )
            #expect(try await somewhere.snapshot().messages.isEmpty)
        }
        for process in [process, other] { await process.rooms.close() }
    }

    @Test func `of a member who is forgotten an open room keeps no words`() async throws {
        let process = RoomProcess()
        let place = try await RoomPlace(seq: process.snapshot().seq, epoch: process.snapshot().epoch)
        try await process.say("mine")
        try await process.say("yours", by: "bob")
        try await process.perform(.raiseHand(topic: "my topic"), by: "ann")
        try await process.rooms.forget(MemberID(rawValue: "ann"))
        let snapshot = try await process.snapshot()
        #expect(snapshot.messages.map(\.message.words?.text) == ["yours"])
        #expect(snapshot.hands.map(\.topic) == [nil] && snapshot.people.isEmpty)
        guard case .missed(let missed) = try await process.enter("c1", by: "bob", since: place) else {
            Issue.record("no resumption")
            return
        }
        #expect(missed.compactMap(\.text) == ["yours"])
        await process.rooms.close()
    }
}
