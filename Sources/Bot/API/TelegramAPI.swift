import Domain
import Foundation
import HTTPClient

/// How requests travel to Telegram and back.
struct TelegramTransport: Sendable {
    /// Sends a request and returns the whole answer.
    var send: @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    /// Streams an answer to a file of at most so many bytes, going on from the bytes that are there.
    var download: @Sendable (HTTPRequest, URL, Int64) async throws(HTTPError) -> HTTPDownload

    /// Over an HTTP client.
    static func over(_ http: HTTPClient) -> TelegramTransport {
        TelegramTransport(
            send: { request throws(HTTPError) in try await http.send(request) },
            download: { request, file, maximumBytes throws(HTTPError) in
                try await http.download(request, to: file, maximumBytes: maximumBytes, entityTag: nil)
            }
        )
    }
}

/// Calls the Bot API of one bot.
///
/// It neither waits nor repeats: callers decide what an error means to them.
struct TelegramAPI: Sendable {
    let token: BotToken
    private let base: URL
    private let transport: TelegramTransport

    /// `base`: the server, for example `https://api.telegram.org`.
    init(token: BotToken, base: URL, transport: TelegramTransport) {
        self.token = token
        self.base = base
        self.transport = transport
    }

    /// Longest wait for an answer that is not held back on purpose.
    static let deadline: Duration = .seconds(30)
    /// Longest time that sending a file takes.
    static let uploadDeadline: Duration = .seconds(120)

    /// Carries out a method, within `deadline`.
    func call<Method: TelegramMethod>(
        _ method: Method,
        deadline: Duration = Self.deadline
    ) async throws(TelegramError) -> Method.Answer {
        let body = try await send(method, deadline: deadline)
        return try Self.answer(Method.self, from: body)
    }

    /// Fetches updates, waiting up to `timeout` for the first one, and `margin` longer for the answer to arrive.
    /// - Returns: The answer's bytes, for `UpdateBatch`. They are a successful answer's.
    func updates(
        offset: Int64?,
        limit: Int,
        timeout: Duration,
        margin: Duration = .seconds(10)
    ) async throws(TelegramError) -> Data {
        let method = GetUpdates(
            offset: offset,
            limit: limit,
            timeout: Int(timeout.wholeSeconds),
            allowedUpdates: TelegramUpdate.kinds
        )
        return try await send(method, deadline: timeout + margin)
    }

    /// Streams a file to disk, going on from the bytes that are there.
    /// - `path`: What `getFile` answered as `file_path`.
    /// - `maximumBytes`: A larger file is given up.
    /// Returns the file's size in bytes.
    func download(path: String, to file: URL, maximumBytes: Int64) async throws(TelegramError) -> Int64 {
        let method = TelegramError.download
        guard let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed),
            !path.split(separator: "/").contains(".."),
            let url = URL(string: "\(address)/file/bot\(token.secret)/\(escaped)")
        else { throw .fileTrouble(reason: "its path cannot be used") }
        let request = HTTPRequest(url: url, deadline: .seconds(900))
        do {
            return try await transport.download(request, file, maximumBytes).bytes
        } catch .downloadRefused(let response, _) {
            throw Self.failure(of: response, method: method) ?? .undecodable(method: method)
        } catch .responseTooLarge {
            throw .fileTooLarge
        } catch .unwritableFile(let errno, _) {
            throw .fileTrouble(reason: "it cannot be written, error \(errno)")
        } catch {
            throw Self.failure(of: error, method: method)
        }
    }

    // MARK: One call

    private var address: String {
        base.absoluteString.hasSuffix("/") ? String(base.absoluteString.dropLast()) : base.absoluteString
    }

    private func send<Method: TelegramMethod>(
        _ method: Method,
        deadline: Duration
    ) async throws(TelegramError) -> Data {
        guard let url = URL(string: "\(address)/bot\(token.secret)/\(Method.name)"),
            let body = try? Self.encoder().encode(method)
        else { throw .unreachable(method: Method.name, mayHaveArrived: false, reason: "it cannot be written as JSON") }
        let request = HTTPRequest(
            method: .post,
            url: url,
            body: .bytes(body, contentType: "application/json"),
            deadline: deadline
        )
        return try await answer(to: request, method: Method.name)
    }

    /// Carries out a method that brings a file with it, within `uploadDeadline`.
    func upload(_ method: UploadDocument) async throws(TelegramError) -> UploadDocument.Answer {
        guard let url = URL(string: "\(address)/bot\(token.secret)/\(UploadDocument.name)") else {
            throw .unreachable(method: UploadDocument.name, mayHaveArrived: false, reason: "it has no address")
        }
        let request = HTTPRequest(
            method: .post,
            url: url,
            body: .multipart(method.parts),
            deadline: Self.uploadDeadline
        )
        return try Self.answer(UploadDocument.self, from: try await answer(to: request, method: UploadDocument.name))
    }

    /// Carries out a method that brings a picture with it, within `uploadDeadline`.
    func upload(_ method: UploadPhoto) async throws(TelegramError) -> UploadPhoto.Answer {
        guard let url = URL(string: "\(address)/bot\(token.secret)/\(UploadPhoto.name)") else {
            throw .unreachable(method: UploadPhoto.name, mayHaveArrived: false, reason: "it has no address")
        }
        let request = HTTPRequest(
            method: .post,
            url: url,
            body: .multipart(method.parts),
            deadline: Self.uploadDeadline
        )
        return try Self.answer(UploadPhoto.self, from: try await answer(to: request, method: UploadPhoto.name))
    }

    /// - Returns: The bytes of a successful answer.
    private func answer(to request: HTTPRequest, method: String) async throws(TelegramError) -> Data {
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw Self.failure(of: error, method: method)
        }
        if let failure = Self.failure(of: response, method: method) { throw failure }
        return response.body
    }

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}

// MARK: Reading answers

extension TelegramAPI {
    private struct Success<Result: Decodable>: Decodable {
        var result: Result
    }

    private struct Envelope: Decodable {
        struct Parameters: Decodable {
            @Lenient var retryAfter: Double?
            @Lenient var migrateToChatId: Int64?
        }

        var ok: Bool
        @Lenient var errorCode: Int?
        @Lenient var description: String?
        @Lenient var parameters: Parameters?
    }

    static func answer<Method: TelegramMethod>(
        _ method: Method.Type,
        from body: Data
    ) throws(TelegramError) -> Method.Answer {
        do {
            return try decoder().decode(Success<Method.Answer>.self, from: body).result
        } catch {
            throw .undecodable(method: Method.name)
        }
    }

    /// What is wrong with an answer, or nil where it is a success.
    static func failure(of response: HTTPResponse, method: String) -> TelegramError? {
        if response.status == 200, response.body.starts(with: Data(#"{"ok":true"#.utf8)) { return nil }
        guard let envelope = try? decoder().decode(Envelope.self, from: response.body) else {
            return response.status >= 500
                ? .serverTrouble(method: method, code: response.status)
                : .undecodable(method: method)
        }
        if envelope.ok { return nil }
        let code = envelope.errorCode ?? response.status
        if let chat = envelope.parameters?.migrateToChatId { return .migrated(to: chat) }
        if code == 429 {
            let header = response.headers["retry-after"].flatMap(Double.init)
            let seconds = max(1, envelope.parameters?.retryAfter ?? header ?? 5)
            return .retryAfter(.seconds(min(seconds, 86_400)))
        }
        if code >= 500 { return .serverTrouble(method: method, code: code) }
        let description = PlainText.line(envelope.description ?? "", limit: 300)
        return .refused(method: method, code: code, description: description)
    }

    private static func failure(of error: HTTPError, method: String) -> TelegramError {
        switch error {
        case .cancelled, .shutDown:
            .cancelled(method: method, mayHaveArrived: error.requestMayHaveBeenSent)
        case .malformedResponse, .responseTooLarge:
            .undecodable(method: method)
        case .invalidProxy, .invalidConfiguration, .invalidRequest, .unavailable, .overloaded, .unresolved,
            .unreachable, .untrusted, .proxyCredentialsRefused, .proxyFailed, .connectionLost, .deadlineExceeded,
            .downloadRefused, .unreadableFile, .unwritableFile, .failed:
            .unreachable(
                method: method,
                mayHaveArrived: error.requestMayHaveBeenSent,
                reason: String(describing: error)
            )
        }
    }
}
