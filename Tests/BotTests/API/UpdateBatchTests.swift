import Foundation
import Testing

@testable import Bot

struct UpdateBatchTests {
    private func batch(_ json: String) throws -> UpdateBatch {
        try UpdateBatch(answer: Data(json.utf8))
    }

    @Test func `each update keeps its own bytes`() throws {
        let batch = try batch(
            #"{"ok":true,"result":[{"update_id":1,\#n"message":{"text":"],}\"[{"}}, {"update_id":2}]}"#
        )

        #expect(batch.items.map(\.updateID) == [1, 2])
        #expect(
            String(decoding: batch.items[0].payload, as: UTF8.self)
                == "{\"update_id\":1,\n\"message\":{\"text\":\"],}\\\"[{\"}}"
        )
        #expect(batch.unnumbered == 0)
    }

    @Test(arguments: [
        #"{"ok":true,"result":[]}"#,
        #"{"result" : [ ] ,"ok":true}"#,
        #"{"ok":true,"description":"\"result\":[1]","result":[]}"#,
    ])
    func `an empty answer has no updates`(json: String) throws {
        #expect(try batch(json).items.isEmpty)
    }

    @Test(arguments: [
        "", "{}", "<html>", #"{"ok":true,"result":true}"#, #"{"ok":true,"result":[{"update_id":1}"#,
        #"{"ok":true,"result":[{"update_id":1,"a":"#, #"{"ok":true,"result":["abc"#, #"{"ok":true,"res"#,
        #"{"ok":true,"nested":{"result":[]}}"#, "\"", #"{"result":[\"#,
    ])
    func `an answer that is cut or none is not taken for an empty one`(json: String) {
        #expect(throws: TelegramError.undecodable(method: "getUpdates")) { try batch(json) }
    }

    @Test func `a bad update harms no other`() throws {
        let batch = try batch(
            #"{"ok":true,"result":[{"update_id":1},{"update_id":2,"message":{"chat":5}},{"update_id":3,"x":nonsense},{"no":1},7]}"#
        )

        #expect(batch.items.map(\.updateID) == [1, 2, 3])
        #expect(batch.unnumbered == 2)
    }

    @Test func `an update of a thousand brackets is parted like any other`() throws {
        let deep = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
        let batch = try batch(#"{"ok":true,"result":[{"update_id":1,"x":\#(deep)},{"update_id":2}]}"#)

        #expect(batch.items.map(\.updateID) == [1, 2])
        #expect(batch.items[0].lane == "other")
    }
}
