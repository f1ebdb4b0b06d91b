import Foundation
import HTTPClient
import Sandbox
import Testing

/// Telegram's stand-in with somebody who acts in it, over HTTP as a person's app would.
final class Telegram: Sendable {
    let server: SandboxServer
    let address: URL
    private let running: Task<Void, any Error>
    private let http: HTTPClient

    /// A second bot, for recordings.
    static let recorder = SandboxConfiguration.Bot(
        token: "4343:sandbox-recorder-not-a-secret",
        username: "fomo_recorder_bot",
        name: "FOMO Recorder"
    )
    static let recorderID: Int64 = 4343

    /// Starts a stand-in on a free port. Its bots are admins of the recording channel.
    /// `localFiles`: where it leaves files as a server of one's own does; nil: it hands them out as the cloud does.
    init(bots: [SandboxConfiguration.Bot] = [.club], localFiles: URL? = nil) async throws {
        var configuration = SandboxConfiguration()
        configuration.bots = bots
        configuration.localFiles = localFiles
        configuration.port = 0
        configuration.limitsFlood = false
        configuration.surprisesPollers = false
        let server = SandboxServer(configuration)
        self.server = server
        running = Task { try await server.run() }
        let port = try await server.boundPort
        address = try #require(URL(string: "http://127.0.0.1:\(port)"))
        http = try HTTPClient()
    }

    func stop() async {
        running.cancel()
        _ = await running.result
        await http.shutdown()
    }

    // MARK: Acting

    /// Posts a voice note in the recording channel.
    /// - Returns: The post's number.
    @discardableResult
    func post(_ caption: String, file: Data) async throws -> Int64 {
        let fields = ["as": "\(SandboxClub.posterID)", "kind": "voice", "caption": caption, "mime_type": "audio/ogg"]
        let parts = fields.map { MultipartPart(name: $0, content: .text($1)) }
        let upload = MultipartPart(name: "file", content: .bytes(file, fileName: "a.ogg", contentType: "audio/ogg"))
        let view = try await call(
            .post,
            "/sandbox/chats/\(SandboxClub.channelID)/messages",
            body: .multipart(parts + [upload])
        )
        return try number(view, "message", "message_id")
    }

    func edit(post: Int64, caption: String) async throws {
        let path = "/sandbox/chats/\(SandboxClub.channelID)/messages/\(post)"
        try await change(path, ["as": SandboxClub.posterID, "caption": caption], method: .patch)
    }

    /// Writes to a bot.
    func say(_ text: String, as person: Int64, to bot: Int64 = SandboxClub.botID) async throws {
        try await change("/sandbox/chats/\(bot)/messages", ["as": person, "text": text])
    }

    /// Changes how a bot stands to the recording channel: `administrator`, `member` or `left`.
    func setStanding(of bot: Int64, _ status: String) async throws {
        let fields: [String: Any] = ["user": bot, "status": status, "by": SandboxClub.posterID]
        try await change("/sandbox/chats/\(SandboxClub.channelID)/members", fields)
    }

    /// Disturbs the bots: the fields of a fault as docs/sandbox.md has them.
    func disturb(_ fault: [String: Any]) async throws {
        try await change("/sandbox/faults", fault)
    }

    /// Opens the bot by a link.
    func start(_ payload: String, as person: Int64) async throws {
        try await change("/sandbox/chats/\(SandboxClub.botID)/start", ["as": person, "payload": payload])
    }

    /// Taps the button with this label under a message.
    func tap(_ label: String, under message: BotMessage, as person: Int64) async throws {
        let data = try #require(message.buttons[label], "there is no button “\(label)”: \(message.buttons.keys)")
        let url = "/sandbox/chats/\(SandboxClub.botID)/messages/\(message.id)/press"
        try await change(url, ["as": person, "data": data])
    }

    /// Queues any object as an update of the club's bot.
    func push(update: [String: Any]) async throws {
        try await change("/sandbox/bots/\(SandboxClub.botID)/updates", ["update": update])
    }

    /// Calls a method of the Bot API, as the club's bot does it.
    func callMethod(_ method: String, _ parameters: [String: Any]) async throws {
        try await change("/bot\(SandboxClub.botToken)/\(method)", parameters)
    }

    /// A file of the club's bot, as Telegram hands it out.
    func contents(ofFile id: String) async throws -> Data {
        let answer = try await change("/bot\(SandboxClub.botToken)/getFile", ["file_id": id])
        let path = try #require((answer["result"] as? [String: Any])?["file_path"] as? String)
        let url = try #require(URL(string: "\(address)/file/bot\(SandboxClub.botToken)/\(path)"))
        let response = try await http.send(HTTPRequest(url: url))
        #expect(response.status == 200)
        return response.body
    }

    // MARK: Seeing

    /// A message of the bot, as a person sees it.
    struct BotMessage {
        var id: Int64
        /// Text or caption.
        var text: String
        /// Callback data by label.
        var buttons: [String: String]
        var hasVoice: Bool
        /// The id of the file that it carries.
        var document: String?
    }

    /// Waits for a message of the bot to a person that `isWanted` accepts, at most 60 seconds.
    func message(
        to person: Int64,
        from bot: Int64 = SandboxClub.botID,
        sourceLocation: SourceLocation = #_sourceLocation,
        where isWanted: (BotMessage) -> Bool
    ) async throws -> BotMessage {
        var since: Int64 = 0
        for _ in 1...30 {
            let path = "/sandbox/chats/\(bot)/messages?as=\(person)&since=\(since)&wait=2"
            let answer = try await call(.get, path)
            since = try number(answer, "sequence")
            if let found = messages(answer).first(where: isWanted) { return found }
        }
        let seen = try await messages(to: person).map { "\($0.text.prefix(60)) \($0.buttons.keys.sorted())" }
        Issue.record("the bot has sent to \(person): \(seen)", sourceLocation: sourceLocation)
        throw Missing(what: "a message of the bot to \(person)")
    }

    /// All messages of the bot to a person.
    func messages(to person: Int64) async throws -> [BotMessage] {
        messages(try await call(.get, "/sandbox/chats/\(SandboxClub.botID)/messages?as=\(person)"))
    }

    /// Returns when a bot has asked for updates.
    func waitForPoll(of bot: Int64 = SandboxClub.botID) async throws {
        _ = try await call(.get, "/sandbox/bots/\(bot)/poll?wait=30")
    }

    /// The bots that have called a method, each call once; waits until there are `count`, at most 60 seconds.
    func callers(of method: String, count: Int) async throws -> [Int64] {
        var bots: [Int64] = []
        var since: Int64 = 0
        for _ in 1...30 where bots.count < count {
            let answer = try await call(.get, "/sandbox/calls?method=\(method)&since=\(since)&wait=2")
            let calls = answer["calls"] as? [[String: Any]] ?? []
            bots += calls.compactMap { ($0["bot"] as? Int).map(Int64.init) }
            since = calls.compactMap { $0["number"] as? Int }.max().map(Int64.init) ?? since
        }
        return bots
    }

    /// Returns when bots have made `count` further calls, or after 3 seconds.
    func waitForCalls(_ count: Int) async throws {
        let before: Int64 = try number(try await call(.get, "/sandbox/calls?since=1000000000"), "last")
        for _ in 1...3 {
            let now: Int64 = try number(try await call(.get, "/sandbox/calls?since=\(before)&wait=1"), "last")
            if now - before >= Int64(count) { return }
        }
    }

    struct Missing: Error {
        var what: String
    }

    // MARK: HTTP

    private func messages(_ answer: [String: Any]) -> [BotMessage] {
        (answer["messages"] as? [[String: Any]] ?? []).compactMap { view in
            guard let message = view["message"] as? [String: Any], let id = message["message_id"] as? Int,
                (message["from"] as? [String: Any])?["is_bot"] as? Bool == true
            else { return nil }
            let keyboard = (message["reply_markup"] as? [String: Any])?["inline_keyboard"] as? [[[String: Any]]]
            var buttons: [String: String] = [:]
            for button in (keyboard ?? []).joined() {
                guard let label = button["text"] as? String else { continue }
                buttons[label] = button["callback_data"] as? String ?? ""
            }
            let text = message["text"] as? String ?? message["caption"] as? String ?? ""
            return BotMessage(
                id: Int64(id),
                text: text,
                buttons: buttons,
                hasVoice: message["voice"] != nil,
                document: (message["document"] as? [String: Any])?["file_id"] as? String
            )
        }
    }

    private func number(_ answer: [String: Any], _ path: String...) throws -> Int64 {
        var value: Any? = answer
        for name in path { value = (value as? [String: Any])?[name] }
        return Int64(try #require(value as? Int, "\(path) is missing in \(answer)"))
    }

    @discardableResult
    func change(
        _ path: String,
        _ fields: [String: Any],
        method: HTTPRequest.Method = .post
    ) async throws -> [String: Any] {
        let body = try JSONSerialization.data(withJSONObject: fields)
        return try await call(method, path, body: .bytes(body, contentType: "application/json"))
    }

    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: HTTPBody = .none
    ) async throws -> [String: Any] {
        let url = try #require(URL(string: address.absoluteString + path))
        let request = HTTPRequest(method: method, url: url, body: body, deadline: .seconds(60))
        let response = try await http.send(request)
        let object = try JSONSerialization.jsonObject(with: response.body) as? [String: Any]
        guard response.status < 300, let object else {
            throw Missing(what: "\(path): \(response.status) \(String(decoding: response.body, as: UTF8.self))")
        }
        return object
    }
}
