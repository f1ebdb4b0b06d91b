import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The HTTP interface to the world behind the bots, at `/sandbox/…` on the sandbox's port: people act through it, tests
/// read and disturb. The page uses nothing else.
///
/// Values come by query, urlencoded form, JSON object or multipart. Answers are JSON; errors are
/// `{"error": {"code", "message"}}` with 400 (`invalid_request`), 403 (`forbidden`), 404 (`not_found`) or 413
/// (`too_large`). A request with an `Origin` other than the sandbox itself may only read.
///
/// `{chat}` is the id or @username of a group or channel, or the id or username of a bot for the private chat that the
/// person named by `as` has with it.
struct ControlAPI: Sendable {
    /// Bytes of a file that a person may post. Source: Telegram FAQ, 2 GB a file.
    static let uploadLimit = 2_000 << 20

    let telegram: SandboxTelegram
    let connections: OpenConnections

    typealias Routes = Router<SandboxRequestContext>

    /// Adds every route.
    func add(to router: Routes) {
        addReading(to: router)
        addPeople(to: router)
        addWriting(to: router)
        addVisiting(to: router)
        addRooms(to: router)
        addAsking(to: router)
        addFaults(to: router)
        addWorld(to: router)
    }

    /// Adds one route whose answer is JSON.
    func route(
        _ method: HTTPRequest.Method,
        _ path: String,
        on router: Routes,
        _ answer: @escaping @Sendable (ControlRequest) async throws -> JSON
    ) {
        router.on(RouterPath("/sandbox" + path), method: method) { request, context in
            await respond(to: request, context, answer)
        }
    }

    private func respond(
        to request: Request,
        _ context: SandboxRequestContext,
        _ answer: @escaping @Sendable (ControlRequest) async throws -> JSON
    ) async -> Response {
        guard request.method == .get || ControlAPI.isOwn(request) else {
            return ControlAPI.error("forbidden", "Another site must not act in the sandbox.", status: 403)
        }
        let arguments: Arguments
        do {
            arguments = try await RequestReader(shelf: telegram.shelf, fileCapacity: ControlAPI.uploadLimit).read(
                request
            )
        } catch let failure as CallFailure where failure.code == 413 {
            return ControlAPI.error("too_large", "The request is too large.", status: 413)
        } catch {
            return ControlAPI.error("invalid_request", "The request cannot be read.", status: 400)
        }
        let control = ControlRequest(arguments: arguments, path: context.parameters)
        let result = await connections.cancellingWhenClosed(context.channel) { () -> Result<JSON, any Error> in
            do { return .success(try await answer(control)) } catch { return .failure(error) }
        }
        await telegram.discardUploads(arguments)
        switch result {
        case .success(let json): return .text(json.text, type: "application/json")
        case .failure(let refused as ActRefused):
            let status =
                switch refused.reason {
                case .missing: 404
                case .forbidden: 403
                case .invalid: 400
                }
            return ControlAPI.error(refused.reason.rawValue, refused.text, status: status)
        case .failure(let error):
            context.logger.error("a control request failed", metadata: ["reason": "\(error)"])
            return ControlAPI.error("internal", "The sandbox failed; its log says why.", status: 500)
        }
    }

    /// The request comes from no other web site.
    private static func isOwn(_ request: Request) -> Bool {
        guard let origin = request.headers[.origin] else { return true }
        return origin.split(separator: "/").last.map(String.init) == request.head.authority
    }

    private static func error(_ code: String, _ message: String, status: Int) -> Response {
        let body = JSON.fields(["error": .fields(["code": .string(code), "message": .string(message)])])
        return .text(body.text, type: "application/json", status: status)
    }
}
