import Crypto
import Foundation

/// JSON Web Tokens as a LiveKit server writes and reads them, made without the program's own code.
struct StandInJWT {
    let key: String
    let secret: String

    func sign(_ claims: [String: Any], algorithm: String = "HS256") throws -> String {
        let header = try JSONSerialization.data(withJSONObject: ["alg": algorithm, "typ": "JWT"])
        let signed = Self.encode(header) + "." + Self.encode(try JSONSerialization.data(withJSONObject: claims))
        return signed + "." + Self.encode(code(of: signed))
    }

    /// The claims of a token that a LiveKit server takes at `now`; nil otherwise.
    func claims(in token: String, now: Date) -> [String: Any]? {
        let parts = token.split(separator: ".").map(String.init)
        guard parts.count == 3, Self.encode(code(of: "\(parts[0]).\(parts[1])")) == parts[2],
            let header = Self.object(parts[0]), header["alg"] as? String == "HS256",
            let claims = Self.object(parts[1]), claims["iss"] as? String == key
        else { return nil }
        let seconds = now.timeIntervalSince1970
        if let end = claims["exp"] as? Double, end < seconds - 60 { return nil }
        if let start = claims["nbf"] as? Double, start > seconds + 60 { return nil }
        return claims
    }

    /// The token of a webhook with this body.
    func webhook(_ body: Data, now: Date, key otherKey: String? = nil) throws -> String {
        let seconds = Int(now.timeIntervalSince1970)
        return try sign([
            "iss": otherKey ?? key, "nbf": seconds, "iat": seconds, "exp": seconds + 300,
            "sha256": Data(SHA256.hash(data: body)).base64EncodedString(),
        ])
    }

    /// What a token says, whoever signed it.
    static func payload(of token: String) -> [String: Any]? {
        let parts = token.split(separator: ".").map(String.init)
        return parts.count == 3 ? object(parts[1]) : nil
    }

    private static func object(_ part: String) -> [String: Any]? {
        var text = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text).flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
    }

    private func code(of text: String) -> Data {
        let key = SymmetricKey(data: Data(secret.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }

    private static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
