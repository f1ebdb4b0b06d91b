import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Cookies by which a member who came by a Speak link is known in one show's room, and nowhere else.
///
/// A pass says who it is and until when it is good, under a seal. What the member may do is not in it: that is read
/// from the store at each use, so leaving the club or being banned ends it, and so does the show's end.
struct RoomPasses: Sendable {
    /// A show that nobody ends is ended after as long a time.
    static let lifetime: Duration = .seconds(12 * 3_600)
    /// Passes of ours have some 80 characters; longer ones are not looked at.
    private static let longest = 256
    /// Before the id of the show.
    private static let name = "fomo-room-"

    let key: SymmetricKey
    /// Whether browsers reach the server over TLS only.
    let isSecure: Bool
    let directory: MemberDirectory
    let shows: LiveSessions
    let clock: any ClubClock

    /// A `Set-Cookie` that makes the browser keep a member's pass for a show.
    func setting(_ member: MemberID, in session: LiveSessionID) -> String {
        let expiry = Int64(clock.after(Self.lifetime).timeIntervalSince1970)
        let pass = "\(member).\(expiry)." + Base64URL.encode(seal(member, expiry, session))
        return "\(cookieName(session))=\(pass); Max-Age=\(Self.lifetime.wholeSeconds); Path=/; HttpOnly"
            + (isSecure ? "; Secure" : "") + "; SameSite=Lax"
    }

    /// Whether a request brings a pass for any show.
    func isIn(_ head: HTTPRequest) -> Bool {
        head.headerFields[values: .cookie].contains { $0.contains(Self.name) }
    }

    /// The member whose pass for this show comes with a request; nil where there is none that is good: none of ours,
    /// too old, of nobody who is a member now, or of a show that is over.
    /// - `head`: A request's head, also of one that asks for a socket.
    func member(in head: HTTPRequest, of session: LiveSessionID) async throws(ChangeFailure) -> Member? {
        let cookies = Cookies(from: head.headerFields[values: .cookie])
        guard let pass = cookies[cookieName(session)]?.value, let id = bearer(of: pass, in: session),
            let member = try await directory.find(.id(id)), member.isActive,
            let show = try await shows.find(session), show.isAhead
        else { return nil }
        return member
    }

    /// Who bears a pass, by its seal alone.
    private func bearer(of pass: String, in session: LiveSessionID) -> MemberID? {
        let parts = pass.split(separator: ".", omittingEmptySubsequences: false)
        guard pass.utf8.count <= Self.longest, parts.count == 3, let expiry = Int64(parts[1]),
            clock.now.timeIntervalSince1970 < Double(expiry), let seal = Base64URL.decode(parts[2])
        else { return nil }
        let member = MemberID(rawValue: String(parts[0]))
        let isOurs = HMAC<SHA256>.isValidAuthenticationCode(
            seal,
            authenticating: Self.signed(member, expiry, session),
            using: key
        )
        return isOurs ? member : nil
    }

    /// The prefix makes browsers refuse the cookie from anybody but this host over TLS.
    private func cookieName(_ session: LiveSessionID) -> String {
        (isSecure ? "__Host-" : "") + Self.name + session.rawValue
    }

    private func seal(_ member: MemberID, _ expiry: Int64, _ session: LiveSessionID) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Self.signed(member, expiry, session), using: key)
    }

    private static func signed(_ member: MemberID, _ expiry: Int64, _ session: LiveSessionID) -> Data {
        Data("\(session).\(member).\(expiry)".utf8)
    }
}
