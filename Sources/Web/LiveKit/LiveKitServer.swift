import Foundation

/// A LiveKit server, and the key by which the club is known there. Prints its address, nothing else.
public struct LiveKitServer: Sendable {
    /// Where browsers connect: `ws` or `wss`.
    public let address: URL
    /// Where the server is called: `http` or `https`, the same host and port.
    public let callAddress: URL
    /// The name of the key. Source: LiveKit, "Authentication", claim `iss`.
    let key: String
    let secret: LiveKitSecret

    /// - Returns: nil where `address` is not absolute, or of another kind than ws, wss, http and https; or where it has
    ///   user, query or fragment.
    public init?(address: URL, key: String, secret: String) {
        guard var parts = URLComponents(url: address, resolvingAgainstBaseURL: false),
            let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        let isSecure = ["wss", "https"].contains(scheme)
        guard isSecure || ["ws", "http"].contains(scheme) else { return nil }
        while parts.path.hasSuffix("/") { parts.path.removeLast() }
        parts.scheme = isSecure ? "wss" : "ws"
        guard let socketAddress = parts.url else { return nil }
        parts.scheme = isSecure ? "https" : "http"
        guard let callAddress = parts.url else { return nil }
        self.address = socketAddress
        self.callAddress = callAddress
        self.key = key
        self.secret = LiveKitSecret(secret)
    }

    /// What a page may connect to, as a Content-Security-Policy has it.
    var origins: [String] {
        [address, callAddress].compactMap { url in
            guard let scheme = url.scheme, let host = url.host() else { return nil }
            return "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
        }
    }
}

extension LiveKitServer: CustomStringConvertible, CustomReflectable {
    public var description: String { callAddress.absoluteString }

    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What tokens are signed with. It shows itself to nobody.
struct LiveKitSecret: Sendable, CustomStringConvertible, CustomReflectable {
    let bytes: Data

    init(_ text: String) {
        bytes = Data(text.utf8)
    }

    var description: String { "a secret" }

    var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
