import Foundation
import Testing

@testable import MongoStore

struct MongoClientTests {
    @Test func `a command holds as many statements as the server takes`() {
        let small = Array(repeating: BSON.string("x"), count: 1_100)
        #expect(MongoClient.parts(small) == [0..<500, 500..<1_000, 1_000..<1_100])
        let large = Array(repeating: BSON.string(String(repeating: "x", count: 3 << 20)), count: 5)
        #expect(MongoClient.parts(large) == [0..<2, 2..<4, 4..<5])
        let huge = BSON.string(String(repeating: "x", count: 15 << 20))
        #expect(MongoClient.parts([huge, "x", huge]) == [0..<1, 1..<2, 2..<3])
        #expect(MongoClient.parts([]) == [])
    }

    @Test func `the size of a document is that of its bytes`() {
        let document: BSON = [
            "text": "Ёж\0", "": .double(0.5), "list": [1, true, .null], "in": ["date": .date(1)],
            "data": .binary(Data([0])), "id": .objectID("000102030405060708090a0b"),
        ]
        // libbson's document has its length in its second four bytes.
        let length = document.withDocument { UnsafeRawPointer($0).load(fromByteOffset: 4, as: UInt32.self) }
        #expect(document.byteCount == Int(length))
    }

    @Test func `a document comes back as it was, whatever stands in it`() throws {
        let document: BSON = [
            "text": "a\0b", "": "", "$set": "$x", "a.b": .integer(.max), "low": .integer(.min), "tenth": .double(0.1),
            "large": .double(1e300), "minus": .double(-0.5), "list": [[], .empty, .binary(Data())],
        ]
        #expect(document.withDocument { BSON(document: $0) } == document)
        let texts = ["a\0b", "\u{FEFF}", "👩‍🚀", "{\"$oid\": 1}", ""]
        #expect(try BSON(encoding: ["texts": texts]).decode([String: [String]].self) == ["texts": texts])
        let numbers = [0.1, 1e300, -0x1p-1074, 3, 0x1p53]
        #expect(try BSON(encoding: ["numbers": numbers]).decode([String: [Double]].self) == ["numbers": numbers])
    }

    @Test(arguments: [
        (64, MongoFailure.unreachable(code: 64)), (189, .unreachable(code: 189)), (10_107, .unreachable(code: 10_107)),
        (14_031, .unreachable(code: 14_031)), (13, .unreachable(code: 13)), (11_000, .duplicate),
        (85, .refused(code: 85)),
    ])
    func `what a server may do later is not refused for good`(code: Int, failure: MongoFailure) {
        #expect(MongoFailure(serverCode: code) == failure)
    }
}
