import NIOCore
import Testing

@testable import Web

struct OutputBatchTests {
    private let one = SharedFrame("one")
    private let two = SharedFrame("two")

    @Test func `who is new gets all, who was served the rest, who has all nothing`() {
        var batch = OutputBatch()
        let before = batch.mark
        batch.append(one)
        let between = batch.mark
        batch.append(two)
        let all: [UInt8] = [0x81, 3] + Array("one".utf8) + [0x81, 3] + Array("two".utf8)
        #expect(batch.rest(after: nil, deflated: false) == ByteBuffer(bytes: all))
        #expect(batch.rest(after: before, deflated: false) == batch.rest(after: nil, deflated: false))
        #expect(batch.rest(after: between, deflated: false) == two.plain)
        #expect(batch.rest(after: batch.mark, deflated: false) == nil)
    }

    @Test func `a mark of the batch before counts for nothing`() {
        var batch = OutputBatch()
        batch.append(one)
        let old = batch.mark
        batch.clear()
        batch.append(two)
        #expect(batch.rest(after: old, deflated: false) == two.plain)
    }

    @Test func `both forms are cut where they belong`() throws {
        let deflater = try #require(Deflater())
        let long = SharedFrame(String(repeating: "long ", count: 100), deflater: deflater)
        let deflated = try #require(long.deflated)
        var batch = OutputBatch()
        batch.append(one)
        let mark = batch.mark
        batch.append(long)
        #expect(batch.rest(after: mark, deflated: true) == deflated)
        #expect(batch.rest(after: mark, deflated: false) == long.plain)
        #expect(batch.bytes == one.plain.readableBytes + long.plain.readableBytes)
    }
}
