import Foundation
import HTTPTypes
import NIOCore

/// Decides who gets a socket, before the connection becomes one. A refusal is an ordinary HTTP answer.
package protocol SocketDoor: Sendable {
    /// Whether sockets are opened at a path. Elsewhere a handshake is answered as the plain request that it also is.
    func leadsTo(_ path: String) -> Bool

    /// Decides on a handshake that is in order. It has `SocketLimits.decision` for that.
    func decide(_ request: SocketRequest) async -> SocketDecision

    /// The answer to a handshake on which nothing needs to be decided.
    func refusal(of fault: HandshakeFault, _ request: SocketRequest) -> SocketRefusal
}

/// Who asks for a socket.
package struct SocketRequest: Sendable {
    /// The head of the request. `Origin` is among its fields.
    package let head: HTTPRequest
    /// The other end of the connection: the client, or a proxy.
    package let peer: SocketAddress?

    package init(head: HTTPRequest, peer: SocketAddress?) {
        self.head = head
        self.peer = peer
    }
}

/// What becomes of a handshake.
package enum SocketDecision: Sendable {
    case accept(SocketAcceptance)
    case refuse(SocketRefusal)
}

/// Lets a client in.
package struct SocketAcceptance: Sendable {
    package let session: any SocketSession
    /// Counts the socket as long as the connection lasts.
    package let permit: SocketPermit?

    package init(session: any SocketSession, permit: SocketPermit?) {
        self.session = session
        self.permit = permit
    }
}

/// The answer to a handshake that is refused. The connection is closed after it.
package struct SocketRefusal: Equatable, Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: Data

    package init(status: HTTPResponse.Status, headers: HTTPFields, body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why a handshake is refused without asking who is there.
package enum HandshakeFault: Error, CaseIterable, Sendable {
    /// It is not what RFC 6455 asks for, or it has a body: 400.
    case malformed
    /// Another version than 13: 426.
    case unsupportedVersion
    /// The server shuts down: 503.
    case draining
    /// Too many handshakes are being decided on: 503.
    case busy
    /// The decision took too long: 503.
    case undecided

    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unsupportedVersion: .upgradeRequired
        case .draining, .busy, .undecided: .serviceUnavailable
        }
    }

    /// A stable name for programs.
    package var code: String {
        switch self {
        case .malformed: "malformed_handshake"
        case .unsupportedVersion: "unsupported_version"
        case .draining: "draining"
        case .busy: "busy"
        case .undecided: "undecided"
        }
    }

    /// What the answer's head says beside the status.
    package var headers: HTTPFields {
        switch self {
        case .malformed: [:]
        case .unsupportedVersion: HTTPField.Name("Sec-WebSocket-Version").map { [$0: "13"] } ?? [:]
        case .draining, .busy, .undecided: [.retryAfter: "5"]
        }
    }
}
