import Foundation
import Testing

@testable import Bot
@testable import HTTPClient

struct TelegramAnswerTests {
    private func failure(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> TelegramError? {
        let response = HTTPResponse(status: status, headers: headers, body: Data(body.utf8), version: .http1_1)
        return TelegramAPI.failure(of: response, method: "sendMessage")
    }

    @Test func `an error says what Telegram says`() {
        let body = #"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#

        #expect(
            failure(400, body)
                == .refused(method: "sendMessage", code: 400, description: "Bad Request: chat not found")
        )
    }

    @Test(
        arguments: [
            (#"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":35}}"#, nil, 35),
            (#"{"ok":false,"error_code":429,"description":"x"}"#, "7", 7),
            (#"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":"soon"}}"#, nil, 5),
            (#"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":0}}"#, nil, 1),
            (#"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":1e300}}"#, nil, 86_400),
        ] as [(String, String?, Int)]
    )
    func `a request to wait is obeyed, wherever it says how long`(body: String, header: String?, seconds: Int) {
        var headers = HTTPHeaders()
        if let header { headers.add(name: "Retry-After", value: header) }

        #expect(failure(429, body, headers: headers) == .retryAfter(.seconds(seconds)))
    }

    @Test func `a group that became another says which`() {
        let body = #"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1009}}"#

        #expect(failure(400, body) == .migrated(to: -1009))
    }

    @Test(arguments: [502, 500, 503])
    func `a page of a proxy is trouble, not an answer`(status: Int) {
        #expect(failure(status, "<html>Bad Gateway</html>") == .serverTrouble(method: "sendMessage", code: status))
    }

    @Test func `bytes that are no JSON cannot be read`() {
        #expect(failure(200, "garbage") == .undecodable(method: "sendMessage"))
        #expect(throws: TelegramError.undecodable(method: "getMe")) {
            try TelegramAPI.answer(GetMe.self, from: Data(#"{"ok":true,"res"#.utf8))
        }
    }

    @Test(arguments: [
        (401, "Unauthorized", true), (404, "Not Found", true), (404, "Not Found: method not found", false),
        (400, "Bad Request: chat not found", false), (403, "Forbidden: bot was blocked by the user", false),
    ])
    func `a refused token is told from other refusals`(code: Int, description: String, expected: Bool) {
        #expect(TelegramError.refused(method: "x", code: code, description: description).isTokenRefused == expected)
    }

    @Test func `a token shows only the bot's number`() throws {
        let token = try #require(BotToken("4242:very-secret-part"))

        var dumped = ""
        dump(token, to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped] {
            #expect(!text.contains("very-secret"))
            #expect(text.contains("4242"))
        }
    }

    @Test(arguments: ["", "4242", ":abc", "0:abcdef", "4242:ab cd", "4242:ab/../cd", "x:abcdef", "4242:abc\n"])
    func `what is no token is none`(text: String) {
        #expect(BotToken(text) == nil)
    }
}
