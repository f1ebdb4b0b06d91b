import Crypto
import Foundation
import HTTPTypes
import NIOCore

/// What a client asks for when it opens a WebSocket, checked. Source: RFC 6455, section 4.2.
struct SocketHandshake: Equatable, Sendable {
    private static let upgrade = HTTPField.Name("Upgrade")
    private static let key = HTTPField.Name("Sec-WebSocket-Key")
    private static let version = HTTPField.Name("Sec-WebSocket-Version")
    private static let extensions = HTTPField.Name("Sec-WebSocket-Extensions")
    private static let seal = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// Proves that the answer is to this question.
    private let accept: String
    /// What the answer says of permessage-deflate; nil where the client offers none that suits.
    let deflate: String?

    /// - Throws: `.malformed` or `.unsupportedVersion`.
    init(_ request: HTTPRequest, isHTTP11: Bool) throws(HandshakeFault) {
        guard isHTTP11, request.method == .get, request.authority?.isEmpty == false else { throw .malformed }
        guard Self.value(Self.version, request) == "13" else { throw .unsupportedVersion }
        guard
            let key = Self.value(Self.key, request),
            let nonce = Data(base64Encoded: key), nonce.count == 16, nonce.base64EncodedString() == key
        else { throw .malformed }
        let digest = Insecure.SHA1.hash(data: Data((key + Self.seal).utf8))
        accept = Data(digest).base64EncodedString()
        deflate = Self.extensions
            .flatMap { name in request.headerFields[name] }
            .flatMap { DeflateOffer.answer(to: $0) }
    }

    /// Whether a request asks to go on as a WebSocket.
    static func isAskedFor(by request: HTTPRequest) -> Bool {
        guard let upgrade else { return false }
        return names("websocket", in: request.headerFields[values: upgrade])
            && names("upgrade", in: request.headerFields[values: .connection])
    }

    /// Whether a request asks for any other protocol than HTTP/1.1.
    static func isUpgrade(_ request: HTTPRequest) -> Bool {
        upgrade.map(request.headerFields.contains) ?? false
    }

    /// The answer, after which frames follow.
    func answer(deflate: String?) -> ByteBuffer {
        var lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: \(accept)",
        ]
        if let deflate { lines.append("Sec-WebSocket-Extensions: \(deflate)") }
        return ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n")
    }

    private static func names(_ token: String, in values: [String]) -> Bool {
        values.contains { value in
            value.split(separator: ",").contains { $0.trimmingCharacters(in: .whitespaces).lowercased() == token }
        }
    }

    /// - Returns: nil where the field is missing or there more than once.
    private static func value(_ name: HTTPField.Name?, _ request: HTTPRequest) -> String? {
        guard let name else { return nil }
        let values = request.headerFields[values: name]
        return values.count == 1 ? values.first : nil
    }
}
