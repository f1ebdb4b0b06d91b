import Foundation
import Testing

@testable import HTTPClient

struct ResumePlanTests {
    @Test(
        arguments: [
            ("bytes 100-199/200", 100, 200), ("bytes 0-0/*", 0, nil), ("bytes */200", nil, 200), ("BYTES 1-2/3", 1, 3),
        ] as [(String, Int64?, Int64?)]
    )
    func `a content range is read`(text: String, first: Int64?, total: Int64?) throws {
        let range = try #require(ContentRange(text))
        #expect(range.first == first)
        #expect(range.total == total)
    }

    @Test(
        arguments: [
            "", "bytes", "bytes 5", "bytes 1-2", "bytes 2-1/3", "bytes -1-2/3", "bytes 1-x/3", "bytes 1-2/-3",
            "bytes 1-2/x", "bytes 1-2/3/4", "items 1-2/3", "bytes 99999999999999999999-2/3", "bytes 1-/3",
        ]
    )
    func `a broken content range is none`(text: String) {
        #expect(ContentRange(text) == nil)
    }

    @Test(
        arguments: [
            // status, fields, bytes there, their tag, plan
            (200, [:], 0, nil, .replace(total: nil)),
            (200, ["Content-Length": "7"], 5, "\"1\"", .replace(total: 7)),
            (206, ["Content-Range": "bytes 5-9/10"], 5, nil, .append(total: 10)),
            (206, ["Content-Range": "bytes 5-9/*", "Content-Length": "5"], 5, nil, .append(total: 10)),
            (206, ["Content-Range": "bytes 5-9/10", "ETag": "\"1\""], 5, "\"1\"", .append(total: 10)),
            (206, ["Content-Range": "bytes 5-9/10", "ETag": "\"2\""], 5, "\"1\"", .stale),
            (206, ["Content-Range": "bytes 4-9/10"], 5, nil, .malformed),
            (206, ["Content-Range": "bytes */10"], 5, nil, .malformed),
            (206, [:], 5, nil, .malformed),
            (206, ["Content-Range": "bytes 0-9/10"], 0, nil, .malformed),
            (416, ["Content-Range": "bytes */5"], 5, nil, .complete),
            (416, ["Content-Range": "bytes */4"], 5, nil, .stale),
            (416, [:], 5, nil, .stale),
            (416, [:], 0, nil, .refuse),
            (204, [:], 0, nil, .refuse),
            (302, [:], 5, nil, .refuse),
            (404, [:], 5, nil, .refuse),
        ] as [(Int, HTTPHeaders, Int64, String?, ResumePlan)]
    )
    func `an answer decides over the bytes that are there`(
        status: Int,
        headers: HTTPHeaders,
        offset: Int64,
        entityTag: String?,
        plan: ResumePlan
    ) {
        var head = ResponseHead()
        let lines = ["HTTP/1.1 \(status) Text"] + headers.fields.map { "\($0.name): \($0.value)" }
        for line in lines {
            #expect(Array((line + "\r\n").utf8).withUnsafeBytes { head.receive($0) })
        }
        #expect(ResumePlan(head, offset: offset, entityTag: entityTag) == plan)
    }

    @Test func `a later status line begins the head anew`() {
        var head = ResponseHead()
        for line in ["HTTP/1.1 100 Continue", "X-Early: 1", "", "HTTP/2 200", "x-late:  2 "] {
            #expect(Array((line + "\r\n").utf8).withUnsafeBytes { head.receive($0) })
        }
        #expect(head.status == 200)
        #expect(head.headers == ["x-late": "2"])
        #expect(!head.isComplete)
    }
}
