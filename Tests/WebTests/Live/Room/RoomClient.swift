import Domain
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Web

/// A client of a room that speaks docs/room-protocol.md as it is written, byte by byte where a test wants it to.
final class RoomClient: Sendable {
    /// A frame as it came.
    struct Frame: @unchecked Sendable {
        let text: String
        let json: [String: Any]

        init(_ text: String) {
            self.text = text
            json = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
        }

        var type: String { json["type"] as? String ?? "" }
        var seq: Int? { json["seq"] as? Int }
        /// The text of a chat message.
        var said: String? { (json["message"] as? [String: Any])?["text"] as? String }
        var you: [String: Any] { json["you"] as? [String: Any] ?? [:] }
        var code: String? { json["code"] as? String }
    }

    let wire: WireClient

    init(wire: WireClient) {
        self.wire = wire
    }

    static func path(_ show: String, _ query: String = "") -> String {
        "/api/live-sessions/ws/\(show)" + (query.isEmpty ? "" : "?\(query)")
    }

    func send(_ command: [String: Any]) async throws {
        let data = try JSONSerialization.data(withJSONObject: command)
        try await wire.send(text: String(decoding: data, as: UTF8.self))
    }

    func say(_ text: String, as id: String? = nil) async throws {
        try await send(["type": "chat", "message": text, "client_id": id ?? text])
    }

    func next() async throws -> Frame {
        Frame(try await wire.nextText())
    }

    /// The next frame of a kind; others are passed over.
    func next(_ type: String) async throws -> Frame {
        while true {
            let frame = try await next()
            if frame.type == type { return frame }
        }
    }

    /// The texts of the next messages, as many as asked for.
    func hear(_ count: Int) async throws -> [String] {
        var heard: [String] = []
        while heard.count < count { heard.append(try await next("chat_message").said ?? "") }
        return heard
    }

    /// What comes until the answer to a ping that is sent now.
    func untilPong() async throws -> [Frame] {
        try await send(["type": "ping"])
        var frames: [Frame] = []
        while true {
            let frame = try await next()
            if frame.type == "pong" { return frames }
            frames.append(frame)
        }
    }

    func closeCode() async throws -> UInt16? {
        try await wire.nextCloseCode()
    }

    /// Goes without a word, and is gone when it returns.
    func drop() async throws {
        try await wire.channel.close().get()
    }
}

extension WebClub {
    /// A show that is live, of member 1; members 1 to `people` are there and signed in.
    /// - Returns: Their headers.
    func liveShow(people: Int64 = 3, status: LiveSession.Status = .live) async throws -> [[String: String]] {
        var headers: [[String: String]] = []
        for number in 1...people {
            let member = Fixtures.member(number, role: number == 1 ? .host : .member, language: .en)
            headers.append(try await signedIn(member))
        }
        try await keep(Fixtures.show(1, status: status, startsAt: clock.now))
        return headers
    }

    /// Asks for a socket, and gives what came of it.
    func knock(
        _ headers: [String: String],
        show: String = "show-1",
        _ query: String = ""
    ) async throws -> (WireClient, WireClient.Answer) {
        let wire = try await WireClient.connect(to: http.port)
        let own = ["Host": "127.0.0.1:\(http.port)"]
        let path = RoomClient.path(show, query)
        return (wire, try await wire.shakeHands(path: path, fields: own.merging(headers) { $1 }))
    }

    /// Comes into the room. The first frame is the client's to read.
    func enter(_ headers: [String: String], show: String = "show-1", _ query: String = "") async throws -> RoomClient {
        let (wire, answer) = try await knock(headers, show: show, query)
        try #require(answer.status == 101, "\(answer.body)")
        return RoomClient(wire: wire)
    }

    /// Comes in and has read the room's state.
    func entered(_ headers: [String: String], show: String = "show-1") async throws -> RoomClient {
        let client = try await enter(headers, show: show)
        let first = try await client.next()
        try #require(first.type == "room_state", "\(first.text)")
        return client
    }
}

extension WebClub {
    /// The next frame of a kind that comes with time. The clock goes on until it is there: at first the room may not
    /// have begun to wait for its moment.
    func frame(_ type: String, at client: RoomClient) async throws -> RoomClient.Frame {
        while true {
            clock.advance(by: .seconds(1))
            if let frame = try await client.untilPong().first(where: { $0.type == type }) { return frame }
        }
    }
}
