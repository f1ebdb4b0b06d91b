import Crypto
import Domain
import Foundation

/// Writes and checks the tokens by which browsers and Mini Apps name their session: JSON Web Tokens (RFC 7519) with
/// HS256 and nothing else.
///
/// A token names the session and the member. What the member may do is not in it: that is read from the store at
/// each use.
package struct SessionTokens: Sendable {
    /// What a good token says.
    struct Claims: Equatable, Sendable {
        var session: AuthSessionID
        var member: MemberID
        var expiresAt: Date
    }

    private struct Payload: Codable {
        var sid: String
        var sub: String
        /// Whole seconds since 1970, as `exp`.
        var iat: Int64
        var exp: Int64
    }

    private struct Header: Codable {
        var alg = "HS256"
        var typ = "JWT"
    }

    /// Tokens of ours have some 250 characters; longer ones are not looked at.
    private static let longest = 1024

    let key: SymmetricKey

    package init(key: SymmetricKey) {
        self.key = key
    }

    package func token(for session: AuthSession) throws -> String {
        let payload = Payload(
            sid: session.id.rawValue,
            sub: session.memberID.rawValue,
            iat: Int64(session.createdAt.timeIntervalSince1970),
            exp: Int64(session.expiresAt.timeIntervalSince1970)
        )
        let signed = try [JSONEncoder().encode(Header()), JSONEncoder().encode(payload)]
            .map(Base64URL.encode)
            .joined(separator: ".")
        return signed + "." + Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key))
    }

    /// - Returns: nil where the token is not ours, was changed, has another algorithm or has expired.
    func claims(in token: String, now: Date) -> Claims? {
        guard token.utf8.count <= Self.longest else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64URL.decode(parts[2]) else { return nil }
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        guard HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: key),
            let header = Base64URL.decode(parts[0]).flatMap({ try? JSONDecoder().decode(Header.self, from: $0) }),
            header.alg == "HS256",
            let payload = Base64URL.decode(parts[1]).flatMap({ try? JSONDecoder().decode(Payload.self, from: $0) })
        else { return nil }
        let expiresAt = Date(timeIntervalSince1970: Double(payload.exp))
        guard now < expiresAt else { return nil }
        return Claims(
            session: AuthSessionID(rawValue: payload.sid),
            member: MemberID(rawValue: payload.sub),
            expiresAt: expiresAt
        )
    }
}
