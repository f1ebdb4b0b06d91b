import Foundation
import Testing

@testable import Sandbox

@Suite struct UpdateQueueTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let content = [JSON.Member(name: "message", value: .object([]))]

    /// A queue with ten updates, and the id of the first.
    private func tenUpdates() throws -> (UpdateQueue, Int) {
        var queue = UpdateQueue()
        var random = SeededGenerator(seed: 1)
        for _ in 0..<10 { queue.add(Self.content, date: Self.start, now: Self.start, random: &random) }
        return (queue, try #require(queue.items.first?.id))
    }

    @Test(
        arguments: [
            // offset relative to the first id, or as it is; limit; expected ids relative to the first; how many stay
            (offset: nil, limit: 100, expected: 0...9, left: 10),
            (offset: 0, limit: 100, expected: 0...9, left: 10),
            (offset: 3, limit: 2, expected: 3...4, left: 7),
            (offset: 10 + 11, limit: 1, expected: 0...0, left: 10),
            (offset: -100_001, limit: 1, expected: 0...0, left: 10),
            (offset: -5, limit: 1, expected: 0...0, left: 10),
        ] as [(offset: Int?, limit: Int, expected: ClosedRange<Int>, left: Int)]
    )
    func `an offset forgets what is before it`(
        _ offset: Int?,
        _ limit: Int,
        _ expected: ClosedRange<Int>,
        _ left: Int
    ) throws {
        var (queue, first) = try tenUpdates()
        let items = queue.take(offset: offset.map { first + $0 } ?? 0, limit: limit, now: Self.start)
        #expect(items.map { $0.id - first } == Array(expected))
        #expect(queue.count == left)
    }

    @Test func `an offset right behind the last update empties the queue`() throws {
        var (queue, first) = try tenUpdates()
        #expect(queue.take(offset: first + 10, limit: 100, now: Self.start).isEmpty)
        #expect(queue.count == 0)
        #expect(queue.bytes == 0)
    }

    @Test(arguments: [(-3, 3), (-100, 10)])
    func `an offset below zero keeps only that many`(_ offset: Int, _ left: Int) throws {
        var (queue, first) = try tenUpdates()
        let items = queue.take(offset: offset, limit: 100, now: Self.start)
        #expect(items.map { $0.id - first } == Array(10 - left..<10))
        #expect(queue.count == left)
    }

    @Test func `updates are forgotten a day after their date`() throws {
        var (queue, _) = try tenUpdates()
        #expect(queue.take(offset: 0, limit: 100, now: Self.start.addingTimeInterval(86_399)).count == 10)
        #expect(queue.take(offset: 0, limit: 100, now: Self.start.addingTimeInterval(86_400)).isEmpty)
    }

    @Test(arguments: [(6.9, true), (7.0, false)])
    func `ids start anew after a week of silence`(_ days: Double, _ goesOn: Bool) throws {
        var (queue, first) = try tenUpdates()
        var random = SeededGenerator(seed: 2)
        let later = Self.start.addingTimeInterval(days * 86_400)
        queue.add(Self.content, date: later, now: later, random: &random)
        let id = try #require(queue.items.first?.id)
        #expect((id == first + 10) == goesOn)
        #expect((2_000_001...1_000_000_100).contains(id))
    }

    @Test func `an answer ends before it exceeds 4 MiB`() {
        var queue = UpdateQueue()
        var random = SeededGenerator(seed: 1)
        let large = [JSON.Member(name: "message", value: .raw("\"" + String(repeating: "x", count: 1 << 20) + "\""))]
        for _ in 0..<5 { queue.add(large, date: Self.start, now: Self.start, random: &random) }
        #expect(queue.take(offset: 0, limit: 100, now: Self.start).count == 3)
    }

    @Test func `behind the last number the ids start anew, and what still waits is lost`() throws {
        var (queue, _) = try tenUpdates()
        var random = SeededGenerator(seed: 3)
        let isSkipped = queue.skip(to: UpdateQueue.lastID - 1)
        #expect(isSkipped)
        queue.add(Self.content, date: Self.start, now: Self.start, random: &random)
        #expect(queue.items.last?.id == 1_999_999_999)
        queue.add(Self.content, date: Self.start, now: Self.start, random: &random)
        let id = try #require(queue.items.first?.id)
        #expect(queue.count == 1 && queue.bytes == queue.items[0].text.utf8.count)
        #expect((2_000_001...1_000_000_000).contains(id))
        let isBack = queue.skip(to: id)
        #expect(!isBack)
    }

    @Test func `an update that is larger than an answer comes alone`() {
        var queue = UpdateQueue()
        var random = SeededGenerator(seed: 1)
        let large = [JSON.Member(name: "message", value: .raw("\"" + String(repeating: "x", count: 5 << 20) + "\""))]
        for content in [large, Self.content] {
            queue.add(content, date: Self.start, now: Self.start, random: &random)
        }
        #expect(queue.take(offset: 0, limit: 100, now: Self.start).count == 1)
    }

    @Test func `beyond a hundred thousand updates new ones are dropped`() {
        var queue = UpdateQueue()
        var random = SeededGenerator(seed: 1)
        for _ in 0..<UpdateQueue.capacity {
            queue.add(Self.content, date: Self.start, now: Self.start, random: &random)
        }
        let isTaken = queue.add(Self.content, date: Self.start, now: Self.start, random: &random)
        #expect(!isTaken && queue.count == 100_000)
        let later = Self.start.addingTimeInterval(86_400)
        let isTakenLater = queue.add(Self.content, date: later, now: later, random: &random)
        #expect(isTakenLater && queue.count == 1)
    }

    @Test func `a full queue drops what comes`() {
        var queue = UpdateQueue()
        var random = SeededGenerator(seed: 1)
        let large = [JSON.Member(name: "message", value: .raw("\"" + String(repeating: "x", count: 30 << 20) + "\""))]
        let taken = (0..<5).map { _ in queue.add(large, date: Self.start, now: Self.start, random: &random) }
        #expect(taken == [true, true, true, true, false])
    }

    @Test func `the line breaks after the id as on the wire`() throws {
        let (queue, first) = try tenUpdates()
        #expect(queue.items.first?.text == "{\"update_id\":\(first),\n\"message\":{}}")
    }
}
