import Foundation
import HTTPTypes
import Synchronization

@testable import Web

/// Lets in as the test says. What the door refuses by itself is `{"error":{"code":…}}`.
final class ScriptedDoor: SocketDoor {
    private let hub = Mutex<SocketHub?>(nil)
    private let decision: @Sendable (SocketRequest, SocketHub) async -> SocketDecision

    init(_ decision: @escaping @Sendable (SocketRequest, SocketHub) async -> SocketDecision) {
        self.decision = decision
    }

    /// Lets everybody in, to `session`.
    convenience init(to session: some SocketSession) {
        self.init { _, _ in .accept(SocketAcceptance(session: session, permit: nil)) }
    }

    func serve(_ hub: SocketHub) {
        self.hub.withLock { $0 = hub }
    }

    func leadsTo(_ path: String) -> Bool { path.hasPrefix("/ws") }

    func decide(_ request: SocketRequest) async -> SocketDecision {
        guard let hub = hub.withLock({ $0 }) else { return .refuse(Self.refusal(.internalServerError, "no_hub")) }
        return await decision(request, hub)
    }

    func refusal(of fault: HandshakeFault, _ request: SocketRequest) -> SocketRefusal {
        var refusal = Self.refusal(fault.status, fault.code)
        refusal.headers.append(contentsOf: fault.headers)
        return refusal
    }

    static func refusal(_ status: HTTPResponse.Status, _ code: String) -> SocketRefusal {
        SocketRefusal(
            status: status,
            headers: [.contentType: "application/json"],
            body: Data(#"{"error":{"code":"\#(code)"}}"#.utf8)
        )
    }
}
