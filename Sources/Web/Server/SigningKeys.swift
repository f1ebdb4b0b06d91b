import Crypto
import Foundation

/// The keys that the web signs with, each for one purpose, so that what was signed for one is worth nothing for
/// another. All follow from `JWT_SECRET_KEY`.
struct SigningKeys: Sendable {
    let sessions: SymmetricKey
    let media: SymmetricKey
    let browsers: SymmetricKey
    let rooms: SymmetricKey
    let plays: SymmetricKey
    let downloads: SymmetricKey

    /// - Throws: `.sessionKeyTooShort`.
    init(_ secret: Data) throws(WebServerFault) {
        guard secret.count >= WebServer.shortestKey else {
            throw .sessionKeyTooShort(bytes: secret.count, needed: WebServer.shortestKey)
        }
        let secret = SymmetricKey(data: secret)
        sessions = secret
        media = Self.derived(from: secret, for: "media addresses")
        browsers = Self.derived(from: secret, for: "waiting browsers")
        rooms = Self.derived(from: secret, for: "room passes")
        plays = Self.derived(from: secret, for: "plays")
        downloads = Self.derived(from: secret, for: "addresses of downloads")
    }

    private static func derived(from secret: SymmetricKey, for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Data(purpose.utf8), outputByteCount: 32)
    }
}
