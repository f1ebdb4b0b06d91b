import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/bot<token>/<method>` and `/file/bot<token>/<path>`; every other path goes on to the next.
struct BotAPIRoutes: RouterMiddleware {
    typealias Context = SandboxRequestContext

    /// Bytes of a file that a bot may upload. Source: Bot API, "Sending files".
    static let uploadLimit = 50 << 20

    let telegram: SandboxTelegram
    let connections: OpenConnections

    func handle(
        _ request: Request,
        context: SandboxRequestContext,
        next: (Request, SandboxRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let path = request.uri.path.removingPercentEncoding else { return .envelope(.failure(.notFound)) }
        if path.hasPrefix("/bot") {
            guard request.method == .get || request.method == .post else { return .envelope(.failure(.notFound)) }
            return try await call(request, path.dropFirst("/bot".count), context)
        }
        if path.hasPrefix("/file/bot") {
            return await download(request, path.dropFirst("/file/bot".count), context)
        }
        return try await next(request, context)
    }

    private func call(
        _ request: Request,
        _ path: Substring,
        _ context: SandboxRequestContext
    ) async throws -> Response {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let token = String(parts.removeFirst())
        // The test environment has the same methods.
        if parts.first == "test", parts.count == 2 { parts.removeFirst() }
        guard parts.count <= 1 else { return .envelope(.failure(.notFound)) }
        let arguments: Arguments
        do {
            let reader = RequestReader(shelf: telegram.shelf, fileCapacity: telegram.uploadLimit)
            arguments = try await reader.read(request)
        } catch let failure as CallFailure {
            return .envelope(.failure(failure))
        } catch is MultipartParser.Malformed {
            return .envelope(.failure(.badRequest("can't parse multipart/form-data")))
        }
        let named = parts.first.map(String.init) ?? ""
        let method = named.isEmpty ? arguments.string("method") : named
        guard !method.isEmpty else {
            await telegram.discardUploads(arguments)
            return .envelope(.failure(.notFound))
        }
        let reply = await connections.cancellingWhenClosed(context.channel) { [telegram] in
            await telegram.call(token: token, method: method, arguments: arguments)
        }
        return await response(for: reply, context)
    }

    private func response(for reply: Reply, _ context: SandboxRequestContext) async -> Response {
        switch reply {
        case .answer(let answer): return .envelope(answer)
        case .raw(let status, let type, let retryAfter, let body):
            return .text(body, type: type, status: status, retryAfter: retryAfter)
        case .broken(let answer, let length):
            return .broken(answer.envelope.text, after: length)
        case .hangUp:
            try? await context.channel.close().get()
            return Response(status: .ok)
        }
    }

    private func download(
        _ request: Request,
        _ path: Substring,
        _ context: SandboxRequestContext
    ) async -> Response {
        guard let slash = path.firstIndex(of: "/") else { return .envelope(.failure(.notFound)) }
        do throws(CallFailure) {
            let name = String(path[path.index(after: slash)...])
            let (file, fault) = try await telegram.download(token: String(path[..<slash]), path: name)
            let url = telegram.shelf.url(of: file.key)
            var answer = FileResponse(url: url, size: file.size, type: "application/octet-stream")
            if case .drop(_, let sent) = fault, sent > 0 {
                answer.breaksAfter = sent
            } else if let reply = await telegram.reply(to: fault) {
                return await response(for: reply, context)
            }
            return answer.response(to: request)
        } catch {
            return .envelope(.failure(error))
        }
    }
}

extension Response {
    /// Ends the writing of a body, upon which the connection is closed.
    private struct Broken: Error {}

    /// A body of which only the first bytes come before the connection is closed.
    static func broken(_ body: String, after length: Int) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        let whole = ResponseBody(contentLength: body.utf8.count) { writer in
            try await writer.write(ByteBuffer(bytes: body.utf8.prefix(length)))
            if length < body.utf8.count { throw Broken() }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: whole)
    }

    /// An answer of the Bot API.
    static func envelope(_ answer: Answer) -> Response {
        var retryAfter: Int?
        if case .failure(let failure) = answer { retryAfter = failure.retryAfter }
        return .text(answer.envelope.text, type: "application/json", status: answer.status, retryAfter: retryAfter)
    }

    /// A short body.
    static func text(_ body: String, type: String, status: Int = 200, retryAfter: Int? = nil) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.retryAfter] = retryAfter.map(String.init)
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body))
        )
    }
}
