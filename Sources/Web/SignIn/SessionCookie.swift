import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// The cookie that holds a session's token. Scripts cannot read it.
struct SessionCookie: Sendable {
    /// Whether browsers reach the server over TLS only.
    let isSecure: Bool

    /// The prefix makes browsers refuse the cookie from anybody but this host over TLS.
    var name: String { isSecure ? "__Host-fomo" : "fomo" }

    func token(in request: Request) -> String? {
        request.cookies[name]?.value
    }

    /// A `Set-Cookie` for a session that was opened in this way.
    ///
    /// A Mini App may run in a frame on Telegram's site, where only a partitioned cookie is kept; browsers take that
    /// over TLS only.
    func setting(_ token: String, way: AuthSession.Way, expiresAt: Date, now: Date) -> String {
        let age = max(0, Int64(expiresAt.timeIntervalSince(now)))
        let site = way == .miniApp && isSecure ? "None; Partitioned" : "Lax"
        return "\(name)=\(token); Max-Age=\(age)" + attributes(site: site)
    }

    /// `Set-Cookie`s that make the browser forget it, in whichever way it came.
    var clearing: [String] {
        let plain = "\(name)=; Max-Age=0" + attributes(site: "Lax")
        return isSecure ? [plain, "\(name)=; Max-Age=0" + attributes(site: "None; Partitioned")] : [plain]
    }

    private func attributes(site: String) -> String {
        "; Path=/; HttpOnly" + (isSecure ? "; Secure" : "") + "; SameSite=\(site)"
    }
}
