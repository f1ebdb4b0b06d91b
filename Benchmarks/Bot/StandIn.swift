import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// The least of a Bot API: a queue of updates, and answers as fast as one thread gives them. It knows no rules, so that
/// what is measured is the bot.
final class StandIn: Sendable {
    static let channelID = -1_001_000_000_001

    /// Answers a call in place of the stand-in; nil: the stand-in answers.
    typealias Rule = @Sendable (_ method: String, _ body: ByteBufferView) -> StandInAnswer?

    private let queue: Mutex<UpdateQueue>
    private let file: URL?
    private let rule: Rule?
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    /// Listens on a free port of this machine.
    /// - `answerTime`: how long each message takes to be sent.
    /// - `file`: what `getFile` answers, as a local server does: by its place on the disk.
    /// - `hold`: how long a poll is held back that has nothing to fetch.
    init(
        _ queue: UpdateQueue,
        answerTime: Duration = .zero,
        file: URL? = nil,
        hold: Duration = .milliseconds(200),
        rule: Rule? = nil
    ) async throws {
        self.queue = Mutex(queue)
        self.file = file
        self.rule = rule
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 512)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
        let calls = Calls()
        channel = try await bootstrap.childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let connection = StandInConnection(calls, answerTime: answerTime, hold: hold)
                try channel.pipeline.syncOperations.addHandler(connection)
            }
        }.bind(host: "127.0.0.1", port: 0).get()
        calls.setHandler { [weak self] method, body in self?.answer(method, body) ?? .nothing }
    }

    var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    /// How far the bot is.
    var progress: UpdateQueue.Progress { queue.withLock(\.progress) }

    /// Lets the bot fetch one more update, a JSON object without its number.
    func push(_ kind: String, _ object: String) {
        queue.withLock { $0.push(kind, object) }
    }

    func stop() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }

    private func answer(_ method: String, _ body: ByteBufferView) -> StandInAnswer {
        if let answer = rule?(method, body) { return answer }
        switch method {
        case "getUpdates":
            let offset = body.number(after: "offset") ?? 0
            let limit = Int(body.number(after: "limit") ?? 100)
            return .updates(queue.withLock { $0.take(from: offset, limit: limit) })
        case "sendMessage":
            let chat = body.number(after: "chat_id") ?? 0
            queue.withLock { $0.answer(to: chat) }
            return .sent(
                #"{"message_id":7,"from":\#(Self.bot),"date":1780000000,"chat":{"id":\#(chat),"type":"private","#
                    + #""first_name":"A"},"text":"answer"}"#
            )
        case "getMe":
            return .immediate(Self.bot)
        case "getChat":
            return .immediate(#"{"id":\#(Self.channelID),"type":"channel","title":"Channel","accent_color_id":0}"#)
        case "getFile":
            let path = file?.path ?? ""
            return .immediate(#"{"file_id":"large","file_unique_id":"large","file_path":"\#(path)"}"#)
        case "getWebhookInfo":
            return .immediate(#"{"url":"","has_custom_certificate":false,"pending_update_count":0}"#)
        default:
            return .immediate("true")
        }
    }

    private static let bot =
        #"{"id":123456,"is_bot":true,"first_name":"Bench","username":"bench_bot","can_join_groups":true,"#
        + #""can_read_all_group_messages":false,"supports_inline_queries":false}"#
}

/// What the stand-in answers to a call: the JSON of `result`.
enum StandInAnswer: Sendable {
    case immediate(String)
    /// Of a message, after the answer time.
    case sent(String)
    /// Nil: there are none for now.
    case updates([UInt8]?)
    /// An error; with `retryAfter` seconds where it is 429.
    case refused(code: Int, description: String, retryAfter: Int?)

    static let nothing = StandInAnswer.immediate("true")
}

/// Connects connections with whoever answers them.
final class Calls: Sendable {
    typealias Handler = @Sendable (_ method: String, _ body: ByteBufferView) -> StandInAnswer
    private let handler = Mutex<Handler?>(nil)

    func setHandler(_ new: @escaping Handler) {
        handler.withLock { $0 = new }
    }

    func answer(_ method: String, _ body: ByteBufferView) -> StandInAnswer {
        handler.withLock { $0 }?(method, body) ?? .nothing
    }
}

extension ByteBufferView {
    /// The number behind a field's name, whether it is in JSON, in a form or in a part of one.
    func number(after name: String) -> Int64? {
        guard let range = firstRange(of: Array(name.utf8)) else { return nil }
        let rest = self[range.upperBound...].drop { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: "-") }
        let isNegative = rest.first == UInt8(ascii: "-")
        let digits = rest.dropFirst(isNegative ? 1 : 0).prefix { (0x30...0x39).contains($0) }
        let number = digits.reduce(Int64(0)) { $0 &* 10 &+ Int64($1 - 0x30) }
        return isNegative ? -number : number
    }
}
