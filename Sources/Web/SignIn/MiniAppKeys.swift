import Crypto
import Foundation

/// What is needed to check Mini App sign-in data of a bot. Derived from the token, which cannot be had from it.
/// Source: Telegram, "Validating data received via the Mini App".
public struct MiniAppKeys: Sendable {
    let webAppKey: SymmetricKey

    public init(botToken: String) {
        let label = SymmetricKey(data: Data("WebAppData".utf8))
        webAppKey = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(botToken.utf8), using: label))
    }
}
