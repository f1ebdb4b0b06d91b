import Foundation
import FoundationNetworking
import Logging

@testable import Sandbox

/// A sandbox on a port of its own, and a plain client of it.
struct SandboxClient: Sendable {
    let port: Int
    let base: String
    private let session: URLSession

    struct Answer: Sendable {
        let status: Int
        let fields: [String: String]
        let body: Data
        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSON? { JSON(parsing: text) }
    }

    /// Starts a sandbox, does something with it and ends it.
    static func run(
        folder: URL? = nil,
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ work: (SandboxClient) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.folder = folder
        configuration.limitsFlood = false
        configuration.surprisesPollers = false
        configuration.reactionDelay = .zero
        configuration.protectsItself = false
        configuration.logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        change(&configuration)
        let server = SandboxServer(configuration)
        let running = Task { try await server.run() }
        do {
            try await work(SandboxClient(port: try await server.boundPort))
        } catch {
            running.cancel()
            _ = try? await running.value
            throw error
        }
        running.cancel()
        try await running.value
    }

    init(port: Int) {
        self.port = port
        base = "http://127.0.0.1:\(port)"
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 30
        session = URLSession(configuration: configuration)
    }

    /// Sends one request.
    func send(
        _ method: String,
        _ path: String,
        fields: [String: String] = [:],
        body: Data? = nil
    ) async throws -> Answer {
        guard let url = URL(string: base + path) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let headers = Dictionary(
            response.allHeaderFields.compactMap { name, value -> (String, String)? in
                guard let name = name as? String, let value = value as? String else { return nil }
                return (name.lowercased(), value)
            },
            uniquingKeysWith: { first, _ in first }
        )
        return Answer(status: response.statusCode, fields: headers, body: data)
    }

    /// Calls a method of the Bot API with a JSON body.
    func call(_ method: String, _ values: JSON = .object([])) async throws -> Answer {
        try await send(
            "POST",
            "/bot\(SandboxClub.botToken)/\(method)",
            fields: ["Content-Type": "application/json"],
            body: Data(values.text.utf8)
        )
    }

    /// Asks the control API for something with a JSON body.
    func control(_ method: String, _ path: String, _ values: JSON = .object([])) async throws -> Answer {
        try await send(
            method,
            "/sandbox" + path,
            fields: method == "GET" ? [:] : ["Content-Type": "application/json"],
            body: method == "GET" ? nil : Data(values.text.utf8)
        )
    }

    /// Waits until the club's bot is held in `getUpdates`.
    func awaitPoll() async throws {
        guard try await control("GET", "/bots/4242/poll?wait=20").json?["held"] == true else {
            throw URLError(.timedOut)
        }
    }

    /// Sends a form with one file.
    func upload(
        _ path: String,
        _ values: [String: String],
        file: (name: String, fileName: String, bytes: Data)
    ) async throws
        -> Answer
    {
        var body = Data()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            body.append(Data("--frontier\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8))
        }
        body.append(
            Data(
                ("--frontier\r\n"
                    + "Content-Disposition: form-data; name=\"\(file.name)\"; filename=\"\(file.fileName)\"\r\n"
                    + "Content-Type: audio/ogg\r\n\r\n").utf8
            )
        )
        body.append(file.bytes)
        body.append(Data("\r\n--frontier--\r\n".utf8))
        return try await send(
            "POST",
            path,
            fields: ["Content-Type": "multipart/form-data; boundary=frontier"],
            body: body
        )
    }

    /// Posts a voice note of those bytes in the club's channel.
    func postVoice(_ bytes: Data, caption: String = "") async throws -> Answer {
        try await upload(
            "/sandbox/chats/\(SandboxClub.channelID)/messages",
            ["as": "\(SandboxClub.posterID)", "kind": "voice", "caption": caption],
            file: ("file", "voice.ogg", bytes)
        )
    }
}
