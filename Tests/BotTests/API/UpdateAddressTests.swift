import Foundation
import Testing

@testable import Bot

struct UpdateAddressTests {
    @Test(arguments: [
        (#"{"update_id":1,"message":{"message_id":1,"chat":{"id":7}}}"#, "7"),
        (#"{"update_id":1,"channel_post":{"message_id":1,"chat":{"id":-100}}}"#, "-100"),
        (#"{"update_id":1,"edited_channel_post":{"message_id":1,"chat":{"id":-100}}}"#, "-100"),
        (
            #"{"update_id":1,"callback_query":{"id":"1","from":{"id":5},"message":{"message_id":1,"chat":{"id":7}}}}"#,
            "7"
        ),
        (#"{"update_id":1,"callback_query":{"id":"1","from":{"id":5}}}"#, "5"),
        (#"{"update_id":1,"inline_query":{"id":"1","from":{"id":5},"query":""}}"#, "5"),
        (#"{"update_id":1,"chat_member":{"chat":{"id":-100},"from":{"id":5}}}"#, "-100"),
        (#"{"update_id":1,"kind_of_the_future":{"user":{"id":5}}}"#, "5"),
        (#"{"message":{"message_id":1,"chat":{"id":7}},"update_id":1}"#, "7"),
        (#"{"update_id":1,"poll":{}}"#, "other"),
        (#"{"update_id":1,"message":{"chat":"no"}}"#, "other"),
    ])
    func `the lane is the chat, else the person`(payload: String, lane: String) {
        #expect(UpdateAddress(payload: Data(payload.utf8)).lane == lane)
    }

    @Test(arguments: [
        (#"{"update_id":9007199254740992}"#, Int64(9_007_199_254_740_992)),
        (#"{"update_id":9007199254740993}"#, nil),
        (#"{"update_id":-1}"#, nil),
        (#"{"update_id":"1"}"#, nil),
        (#"{"update_id":1,"message":nonsense}"#, 1),
        (#"[1]"#, nil),
    ])
    func `only a number that can be confirmed is one`(payload: String, number: Int64?) {
        #expect(UpdateAddress(payload: Data(payload.utf8)).updateID == number)
    }
}
