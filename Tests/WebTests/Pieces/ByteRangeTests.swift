import Testing

@testable import Web

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-99", 0...99), ("bytes=0-0", 0...0), ("bytes=999-", 999...999), ("bytes=500-", 500...999),
        ("bytes=-1", 999...999), ("bytes=-1000", 0...999), ("bytes=-5000", 0...999), ("bytes=900-5000", 900...999),
        ("Bytes=1-2", 1...2), ("bytes= 1-2", 1...2), ("bytes=0-99999999999999999999999", 0...999),
    ])
    func `a single range is answered with its bytes`(header: String, range: ClosedRange<Int64>) {
        #expect(ByteRange(header, length: 1000) == .part(range))
    }

    @Test(arguments: [
        nil, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-2,5-6", "items=0-1", "bytes=1",
        "bytes=--1", "bytes=+1-2", "bytes=1-2-3", "bytes=0x1-2",
    ])
    func `what is no single range of bytes is passed over`(header: String?) {
        #expect(ByteRange(header, length: 1000) == .whole)
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-"])
    func `a range behind the end cannot be satisfied`(header: String) {
        #expect(ByteRange(header, length: 1000) == .unsatisfiable)
    }

    @Test(arguments: ["bytes=0-", "bytes=-1", "bytes=0-0"])
    func `an empty file has no range`(header: String) {
        #expect(ByteRange(header, length: 0) == .unsatisfiable)
    }
}
