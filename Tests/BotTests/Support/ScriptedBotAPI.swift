import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot
@testable import HTTPClient

/// A Bot API that answers by script, without a network. A call that nobody scripted fails the test by its name;
/// `getUpdates` beyond its script is held, as Telegram does when there is nothing new.
final class ScriptedBotAPI: Sendable {
    enum Answer: Sendable {
        /// The JSON of a successful answer's `result`.
        case result(String)
        /// `parameters` is a JSON object or nil.
        case refusal(Int, String, parameters: String? = nil)
        /// Any answer at all.
        case raw(status: Int, body: String)
        /// No answer: the connection breaks before or after the request was sent.
        case broken(wasSent: Bool)
        /// No answer until the caller gives up.
        case held
        /// No answer until the request's deadline, by this clock.
        case hangs(ManualClock)
    }

    struct Call: Sendable, Equatable {
        var method: String
        var parameters: String

        /// One parameter, as text.
        func parameter(_ name: String) -> String? {
            let object = try? JSONSerialization.jsonObject(with: Data(parameters.utf8)) as? [String: Any]
            return object?[name].map { "\($0)" }
        }
    }

    private typealias Watcher = (count: Int, continuation: CheckedContinuation<Void, Never>)

    private struct State {
        var script: [String: [Answer]] = [:]
        var calls: [Call] = []
        var disturbance: Answer?
        var watchers: [Watcher] = []
    }

    static let token = BotToken("4242:not-a-secret")

    /// What files are handed out.
    let downloads = ScriptedDownloads()

    private let state = Mutex(State())

    /// All calls but `getUpdates`, in order.
    var calls: [Call] { state.withLock { $0.calls.filter { $0.method != "getUpdates" } } }
    /// The `getUpdates` calls, in order.
    var polls: [Call] { state.withLock { $0.calls.filter { $0.method == "getUpdates" } } }

    /// What the next calls of a method are answered with, in order.
    func script(_ method: String, _ answers: Answer...) {
        state.withLock { $0.script[method, default: []] += answers }
    }

    /// Answers every call in this way, whatever the script says; nil: by the script again.
    func disturb(_ answer: Answer?) {
        state.withLock { $0.disturbance = answer }
    }

    /// Returns as soon as there have been `count` calls of any method.
    func waitForCalls(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.calls.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    func api() throws -> TelegramAPI {
        let token = try #require(Self.token)
        let base = try #require(URL(string: "http://telegram.test"))
        return TelegramAPI(
            token: token,
            base: base,
            transport: TelegramTransport(
                send: { request throws(HTTPError) in try await self.answer(request) },
                download: { request, file, _ throws(HTTPError) in
                    try await self.downloads.answer(request, into: file)
                }
            )
        )
    }

    private func answer(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let method = request.url.lastPathComponent
        var parameters = ""
        if case .bytes(let data, _) = request.body { parameters = String(decoding: data, as: UTF8.self) }
        switch next(Call(method: method, parameters: parameters)) {
        case .result(let json): return Self.response(200, #"{"ok":true,"result":\#(json)}"#)
        case .refusal(let code, let description, let extra):
            let tail = extra.map { #","parameters":\#($0)"# } ?? ""
            return Self.response(code, #"{"ok":false,"error_code":\#(code),"description":"\#(description)"\#(tail)}"#)
        case .raw(let status, let body): return Self.response(status, body)
        case .broken(let wasSent): throw HTTPError.connectionLost(Self.attempt(request, wasSent: wasSent))
        case .held:
            let held = AsyncStream<Void> { _ in }
            for await _ in held {}
            throw HTTPError.cancelled(Self.attempt(request, wasSent: true))
        case .hangs(let clock):
            let attempt = Self.attempt(request, wasSent: true)
            do {
                try await clock.sleep(for: request.deadline)
            } catch {
                throw HTTPError.cancelled(attempt)
            }
            throw HTTPError.deadlineExceeded(attempt)
        }
    }

    private func next(_ call: Call) -> Answer {
        let (answer, watchers) = state.withLock { state -> (Answer?, [Watcher]) in
            state.calls.append(call)
            let count = state.calls.count
            let due = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            if let disturbance = state.disturbance { return (disturbance, due) }
            guard state.script[call.method]?.isEmpty == false else { return (Answer?.none, due) }
            return (state.script[call.method]?.removeFirst(), due)
        }
        for watcher in watchers { watcher.continuation.resume() }
        if let answer { return answer }
        if call.method == "getUpdates" { return call.parameter("timeout") == "0" ? .result("[]") : .held }
        Issue.record("an unscripted call of \(call.method)")
        return .refusal(404, "Not Found: method not found")
    }

    private static func response(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: [:], body: Data(body.utf8), version: .http1_1)
    }
}

extension ScriptedBotAPI {
    static func attempt(_ request: HTTPRequest, wasSent: Bool) -> HTTPAttempt {
        HTTPAttempt(
            method: request.method,
            origin: "http://telegram.test",
            proxy: nil,
            requestMayHaveBeenSent: wasSent,
            curlCode: nil,
            entityTag: nil
        )
    }
}
