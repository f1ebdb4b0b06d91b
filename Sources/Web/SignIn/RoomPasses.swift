import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Cookies by which a member who came by a Speak link is known in one show's room, and nowhere else.
///
/// A pass says who it is and when it was given, under a seal. What the member may do is not in it: that is read from
/// the store at each use, so leaving the club or being banned ends it, and so do the show's end and signing out
/// everywhere. Signing out takes it from the browser.
struct RoomPasses: Sendable {
    /// A pass that was looked at.
    struct Bearer: Sendable {
        let member: Member
        /// When they were given it.
        let since: Date
    }

    /// A show that nobody ends is ended after as long a time.
    static let lifetime: Duration = .seconds(12 * 3_600)
    /// Passes of ours have some 90 characters; longer ones are not looked at.
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
        let since = Timestamp.milliseconds(clock.now)
        let pass = "\(member).\(since)." + Base64URL.encode(seal(member, since, session))
        return "\(cookieName(session))=\(pass); Max-Age=\(Self.lifetime.wholeSeconds)" + attributes
    }

    /// `Set-Cookie`s that make the browser forget every pass that comes with a request.
    func clearing(_ head: HTTPRequest) -> [String] {
        let names = head.headerFields[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap {
            $0.split(separator: "=", omittingEmptySubsequences: false).first?.trimmingCharacters(in: .whitespaces)
        }
        return Set(names.filter { $0.hasPrefix(cookieName) }).sorted().map { "\($0)=; Max-Age=0" + attributes }
    }

    private var attributes: String { "; Path=/; HttpOnly" + (isSecure ? "; Secure" : "") + "; SameSite=Lax" }

    /// Whether a request brings a pass for any show.
    func isIn(_ head: HTTPRequest) -> Bool {
        head.headerFields[values: .cookie].contains { $0.contains(Self.name) }
    }

    /// Whose pass for this show comes with a request; nil where there is none that is good: none of ours, too old, of
    /// nobody who is a member now, of somebody who has signed out everywhere since, or of a show that is over.
    /// - `head`: A request's head, also of one that asks for a socket.
    func bearer(in head: HTTPRequest, of session: LiveSessionID) async throws(ChangeFailure) -> Bearer? {
        let cookies = Cookies(from: head.headerFields[values: .cookie])
        guard let pass = cookies[cookieName(session)]?.value, let (id, since) = bearer(of: pass, in: session),
            let member = try await directory.find(.id(id)), member.isActive, member.mayUse(passSince: since),
            let show = try await shows.find(session), show.isAhead
        else { return nil }
        return Bearer(member: member, since: since)
    }

    /// Who bears a pass since when, by its seal alone.
    private func bearer(of pass: String, in session: LiveSessionID) -> (MemberID, since: Date)? {
        let parts = pass.split(separator: ".", omittingEmptySubsequences: false)
        guard pass.utf8.count <= Self.longest, parts.count == 3, let given = Int64(parts[1]),
            (0...Timestamp.limit).contains(given), let seal = Base64URL.decode(parts[2])
        else { return nil }
        let member = MemberID(rawValue: String(parts[0]))
        let isOurs = HMAC<SHA256>.isValidAuthenticationCode(
            seal,
            authenticating: Self.signed(member, given, session),
            using: key
        )
        let since = Timestamp.date(milliseconds: given)
        return isOurs && clock.now < since.addingTimeInterval(Self.lifetime.seconds) ? (member, since) : nil
    }

    /// The prefix makes browsers refuse the cookie from anybody but this host over TLS.
    private var cookieName: String { (isSecure ? "__Host-" : "") + Self.name }

    private func cookieName(_ session: LiveSessionID) -> String { cookieName + session.rawValue }

    private func seal(_ member: MemberID, _ since: Int64, _ session: LiveSessionID) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Self.signed(member, since, session), using: key)
    }

    private static func signed(_ member: MemberID, _ since: Int64, _ session: LiveSessionID) -> Data {
        Data("\(session).\(member).\(since)".utf8)
    }
}

extension Member {
    /// Whether a pass that they were given then is still good, as far as signing out goes.
    func mayUse(passSince since: Date) -> Bool { signedOutAt.map { $0 < since } ?? true }
}
