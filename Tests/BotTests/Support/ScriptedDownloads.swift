import Foundation
import Synchronization
import Testing

@testable import Bot
@testable import HTTPClient

/// Files of a Bot API that are handed out by script. Like the HTTP client it goes on from the bytes that are there. A
/// download that nobody scripted fails the test.
final class ScriptedDownloads: Sendable {
    enum Answer: Sendable {
        /// The whole file; what the test does meanwhile happens before its last byte.
        case file(String, meanwhile: @Sendable () async throws -> Void = {})
        /// The connection breaks after so many bytes.
        case broken(after: Int, of: String)
        /// More bytes than the caller allows.
        case tooLarge
        /// A status other than success, with the body of a Bot API error.
        case refused(Int, String)
    }

    struct Call: Sendable, Equatable {
        /// What `getFile` had answered.
        var path: String
        var file: URL
        /// How many bytes were there before.
        var resumedFrom: Int
    }

    private struct State {
        var script: [Answer] = []
        var calls: [Call] = []
        var disturbance: Answer?
    }

    private let state = Mutex(State())

    var calls: [Call] { state.withLock(\.calls) }

    /// What the next downloads are answered with, in order.
    func script(_ answers: Answer...) {
        state.withLock { $0.script += answers }
    }

    /// Answers every download in this way, whatever the script says; nil: by the script again.
    func disturb(_ answer: Answer?) {
        state.withLock { $0.disturbance = answer }
    }

    func answer(_ request: HTTPRequest, into file: URL) async throws(HTTPError) -> HTTPDownload {
        let existing = (try? Data(contentsOf: file)) ?? Data()
        let path = request.url.pathComponents.suffix(2).joined(separator: "/")
        let answer = state.withLock { state -> Answer? in
            state.calls.append(Call(path: path, file: file, resumedFrom: existing.count))
            if let disturbance = state.disturbance { return disturbance }
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        switch answer {
        case .file(let content, let meanwhile):
            do {
                try await meanwhile()
            } catch {
                Issue.record(error)
            }
            try write(Data(content.utf8), to: file, after: existing, request)
            let size = Int64(content.utf8.count)
            return HTTPDownload(status: 200, headers: [:], bytes: size, resumedFrom: Int64(existing.count))
        case .broken(let count, let content):
            try write(Data(content.utf8.prefix(count)), to: file, after: existing, request)
            throw HTTPError.connectionLost(ScriptedBotAPI.attempt(request, wasSent: true))
        case .tooLarge:
            throw HTTPError.responseTooLarge(ScriptedBotAPI.attempt(request, wasSent: true))
        case .refused(let code, let description):
            let body = #"{"ok":false,"error_code":\#(code),"description":"\#(description)"}"#
            let response = HTTPResponse(status: code, headers: [:], body: Data(body.utf8), version: .http1_1)
            throw HTTPError.downloadRefused(response, ScriptedBotAPI.attempt(request, wasSent: true))
        case nil:
            Issue.record("an unscripted download")
            throw HTTPError.connectionLost(ScriptedBotAPI.attempt(request, wasSent: false))
        }
    }

    /// Keeps the bytes that were there and adds those that are missing, as the HTTP client does.
    private func write(
        _ content: Data,
        to file: URL,
        after existing: Data,
        _ request: HTTPRequest
    ) throws(HTTPError) {
        do {
            try (existing + content.dropFirst(existing.count)).write(to: file)
        } catch {
            throw HTTPError.unwritableFile(errno: EIO, ScriptedBotAPI.attempt(request, wasSent: true))
        }
    }
}
