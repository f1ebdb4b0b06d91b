import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Ties the secret that a waiting browser polls with to that browser, so that whoever copies it from there can do
/// nothing with it elsewhere.
///
/// The browser gets a random name in a cookie that scripts cannot read; the secret carries a seal over that name.
struct BrowserBinding: Sendable {
    let key: SymmetricKey
    /// Whether browsers reach the server over TLS only.
    let isSecure: Bool
    let ids: IDSource

    private var cookieName: String { isSecure ? "__Host-fomo-browser" : "fomo-browser" }

    /// The browser's name: the one that it has, or a new one.
    func browser(of request: Request) -> String {
        knownBrowser(of: request) ?? ids.secret()
    }

    /// A `Set-Cookie` that makes the browser keep its name as long as a sign-in link is good.
    func setting(_ browser: String) -> String {
        "\(cookieName)=\(browser); Max-Age=\(SignInLink.lifetime.wholeSeconds); Path=/; HttpOnly"
            + (isSecure ? "; Secure" : "") + "; SameSite=Strict"
    }

    /// `secret` with the seal of `browser`.
    func sealed(_ secret: String, for browser: String) -> String {
        secret + "." + Base64URL.encode(HMAC<SHA256>.authenticationCode(for: signed(secret, browser), using: key))
    }

    /// The secret that was sealed for the asking browser.
    /// - Throws: `.linkExpired` where it was sealed for another one, or not at all: nobody is told which.
    func opened(_ sealed: String, by request: Request) throws(Refusal) -> String {
        let parts = sealed.split(separator: ".", omittingEmptySubsequences: false)
        guard sealed.utf8.count <= 256, parts.count == 2, let seal = Base64URL.decode(parts[1]),
            let browser = knownBrowser(of: request)
        else { throw .linkExpired }
        let secret = String(parts[0])
        guard HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: signed(secret, browser), using: key) else {
            throw .linkExpired
        }
        return secret
    }

    private func knownBrowser(of request: Request) -> String? {
        guard let value = request.cookies[cookieName]?.value, value.utf8.count == 26,
            value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return value
    }

    private func signed(_ secret: String, _ browser: String) -> Data {
        Data("\(secret).\(browser)".utf8)
    }
}
