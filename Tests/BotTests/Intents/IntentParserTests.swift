import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

struct IntentParserTests {
    let parser = IntentParser(
        bot: .club,
        channel: Fixtures.channel,
        username: "Podcast_FOMO_bot",
        defaultLanguage: .ru
    )

    private func intent(_ json: String) throws -> Intent {
        parser.intent(of: try TelegramAPI.decoder().decode(TelegramUpdate.self, from: Data(json.utf8)))
    }

    private func post(
        _ fields: String,
        kind: String = "channel_post",
        chat: Int64 = Fixtures.channel.rawValue
    ) -> String {
        #"{"update_id":1,"\#(kind)":{"message_id":5,"date":1780315200,"chat":{"id":\#(chat),"type":"channel"},\#(fields)}}"#
    }

    private func message(_ text: String, language: String = "ru") throws -> String {
        let text = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        return """
            {"update_id":1,"message":{"message_id":5,"date":1,"chat":{"id":9,"type":"private"},\
            "from":{"id":9,"is_bot":false,"first_name":"Anna","last_name":"B","language_code":"\(language)"},\
            "text":\(text)}}
            """
    }

    private func request(_ text: String) throws -> Request? {
        guard case .message(_, let request) = try intent(message(text)) else { return nil }
        return request
    }

    @Test(arguments: [
        ("/start", Request.start), ("/start@Podcast_FOMO_bot", .start), ("/START", .start),
        ("/start@other_bot", .unknownCommand), ("/start nonsense", .start), ("/start claim-abc1", .claim("abc1")),
        ("/start login-0123abc", .signIn(payload: "0123abc")), ("/start login-../x", .start),
        ("/start episode-0abc", .episode(PodcastID(rawValue: "0abc"))), ("/claim  CODE ", .claim("CODE")),
        ("/help", .help), ("/latest", .latest), ("/library", .library),
        ("/search звук и радио", .search("звук и радио")),
        ("/search\nзвук", .search("звук")), ("/search", .search("")), ("звук", .search("звук")), ("/", .unknownCommand),
        ("/nothing", .unknownCommand), ("  /help  ", .help),
    ])
    func `commands are read as people write them`(text: String, request: Request) throws {
        #expect(try self.request(text) == request)
    }

    @Test func `a message of a megabyte is read only at its beginning`() throws {
        let text = String(repeating: "я", count: 1_000_000)

        #expect(try request(text) == .search(String(repeating: "я", count: IntentParser.textLimit)))
    }

    @Test func `a person has a whole name and a language`() throws {
        guard case .message(let person, _) = try intent(message("x", language: "en-GB")) else {
            Issue.record("not a message")
            return
        }

        #expect(person.name == "Anna B")
        #expect(person.language == .en)
    }

    @Test func `a sticker is a message without text`() throws {
        let json = """
            {"update_id":1,"message":{"message_id":5,"chat":{"id":9,"type":"private"},"from":{"id":9},"sticker":{}}}
            """

        guard case .message(_, .noText) = try intent(json) else {
            Issue.record("not a message without text")
            return
        }
    }

    @Test func `blocking the bot and coming back are understood`() throws {
        let change = { (status: String) in
            """
            {"update_id":1,"my_chat_member":{"chat":{"id":9,"type":"private"},"from":{"id":9},\
            "new_chat_member":{"status":"\(status)"}}}
            """
        }

        #expect(try intent(change("kicked")) == .reachability(TelegramUserID(rawValue: 9), isReachable: false))
        #expect(try intent(change("member")) == .reachability(TelegramUserID(rawValue: 9), isReachable: true))
    }

    @Test func `a tap on a foreign or missing button is a tap without a meaning`() throws {
        for data in [#","data":"drop table""#, ""] {
            let json = #"{"update_id":1,"callback_query":{"id":"q","from":{"id":9}\#(data)}}"#
            guard case .tap(_, let tap) = try intent(json) else {
                Issue.record("not a tap")
                continue
            }
            #expect(tap.button == nil)
            #expect(tap.queryID == "q")
        }
    }

    @Test func `what may concern the club but cannot be read is not taken for nothing`() throws {
        for json in [
            post(#""voice":{"file_id":"F"}"#), post(#""audio":7"#), #"{"update_id":1,"message":"text"}"#,
            #"{"update_id":1,"channel_post":{"message_id":"x","chat":{"id":1}}}"#,
            #"{"update_id":1,"callback_query":{"id":1}}"#,
        ] {
            guard case .unreadable = try intent(json) else {
                Issue.record("taken for something else: \(json)")
                continue
            }
        }
    }

    @Test func `an empty field is no unreadable one`() throws {
        #expect(try intent(#"{"update_id":1,"message":null}"#) == .nothing("an update of another kind"))
    }
}
