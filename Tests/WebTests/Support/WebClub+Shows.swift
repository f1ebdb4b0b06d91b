import Domain
import Foundation
import TestSupport

@testable import Web

extension WebClub {
    static let shows = "/api/live-sessions/sessions"

    /// Stores a show as it is.
    func keep(_ show: LiveSession) async throws {
        _ = try await store.liveSessions.change(.id(show.id), cause: Cause(rawValue: "keep \(UUID())")) { _ in
            Change(show)
        }
    }

    /// A show as the store has it.
    func show(_ id: String) async throws -> LiveSession? {
        try await store.liveSessions.find(.id(LiveSessionID(rawValue: id)))
    }

    /// Sends JSON as a browser of this site does.
    func send(
        _ method: String,
        _ path: String,
        _ json: [String: Any],
        headers: [String: String]
    ) async throws -> RawHTTP.Answer {
        let body = try JSONSerialization.data(withJSONObject: json)
        let own = ["Content-Type": "application/json", "Origin": "http://127.0.0.1:\(http.port)"]
        return try await http.send(method, path, headers: own.merging(headers) { $1 }, body: body)
    }
}
