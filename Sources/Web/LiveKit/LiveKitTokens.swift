import Crypto
import Domain
import Foundation

/// Writes the tokens by which LiveKit knows who may do what, and checks those by which it signs its webhooks: JSON Web
/// Tokens (RFC 7519) with HS256 and nothing else.
struct LiveKitTokens: Sendable {
    /// How long a member's token is good for coming in. Who is in stays.
    static let joining: Duration = .seconds(10 * 60)
    /// How long the token of one call is good.
    static let calling: Duration = .seconds(60)
    /// By how much the two clocks may differ. Source: LiveKit's own leeway.
    static let leeway: Duration = .seconds(60)
    /// LiveKit's webhook tokens have some 300 characters; longer ones are not looked at.
    private static let longest = 2_048

    private struct Header: Codable {
        var alg = "HS256"
        var typ: String? = "JWT"
    }

    private struct Claims: Codable {
        var iss: String
        var sub: String?
        var name: String?
        /// Whole seconds since 1970, as `exp` and `iat`.
        var nbf: Int64?
        var exp: Int64
        var iat: Int64?
        var video: LiveKitGrant?
        var sha256: String?
    }

    let server: LiveKitServer
    let clock: any ClubClock

    /// A member's token for the sound of one room.
    /// - Returns: The token, and when nobody can come in with it any more.
    func joining(
        _ session: LiveSessionID,
        as part: SoundPart,
        _ member: Member
    ) throws -> (token: String, expiresAt: Date) {
        let now = wholeSeconds(clock.now)
        let expiresAt = now + Self.joining.wholeSeconds
        let claims = Claims(
            iss: server.key,
            sub: member.id.rawValue,
            name: member.name,
            nbf: now,
            exp: expiresAt,
            iat: now,
            video: .joining(session, as: part)
        )
        return (try sign(claims), Date(timeIntervalSince1970: Double(expiresAt)))
    }

    /// The token of one call from this server.
    func calling(_ grant: LiveKitGrant) throws -> String {
        let now = wholeSeconds(clock.now)
        let claims = Claims(iss: server.key, nbf: now, exp: now + Self.calling.wholeSeconds, iat: now, video: grant)
        return try sign(claims)
    }

    /// Whether LiveKit has signed exactly these bytes for us, and not long ago.
    func isSigned(_ body: Data, by token: String) -> Bool {
        guard let claims = claims(in: token), claims.iss == server.key, let digest = claims.sha256 else { return false }
        let now = wholeSeconds(clock.now)
        let leeway = Self.leeway.wholeSeconds
        guard claims.exp > now - leeway, (claims.nbf ?? now) <= now + leeway else { return false }
        return digest == Data(SHA256.hash(data: body)).base64EncodedString()
    }

    private func claims(in token: String) -> Claims? {
        guard token.utf8.count <= Self.longest else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64URL.decode(parts[2]) else { return nil }
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        guard HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: signingKey),
            let header = Base64URL.decode(parts[0]).flatMap({ try? JSONDecoder().decode(Header.self, from: $0) }),
            header.alg == "HS256"
        else { return nil }
        return Base64URL.decode(parts[1]).flatMap { try? JSONDecoder().decode(Claims.self, from: $0) }
    }

    private func sign(_ claims: Claims) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let signed = try [encoder.encode(Header()), encoder.encode(claims)].map(Base64URL.encode)
            .joined(separator: ".")
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: signingKey)
        return signed + "." + Base64URL.encode(code)
    }

    private var signingKey: SymmetricKey { SymmetricKey(data: server.secret.bytes) }

    private func wholeSeconds(_ date: Date) -> Int64 { Timestamp.milliseconds(date) / 1_000 }
}
