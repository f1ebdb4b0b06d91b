import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Hands a new session to the browser: as a cookie and, for clients without cookies, as a token.
struct SessionHandover: Sendable {
    /// The answer of every way to sign in.
    struct Answer: Encodable {
        var token: String
        var expiresAt: Date
        var member: MemberAnswer
    }

    let tokens: SessionTokens
    let cookie: SessionCookie
    let clock: any ClubClock

    func answer(_ session: AuthSession, _ member: Member) throws -> Response {
        let token = try tokens.token(for: session)
        let answer = Answer(token: token, expiresAt: session.expiresAt, member: MemberAnswer(member, for: member))
        return try .json(answer, headers: headers(token, session))
    }

    /// As `answer`, for a form: the browser goes on to `path`.
    func redirect(_ session: AuthSession, to path: LocalPath) throws -> Response {
        .seeOther(path.text, headers: headers(try tokens.token(for: session), session))
    }

    private func headers(_ token: String, _ session: AuthSession) -> HTTPFields {
        [.setCookie: cookie.setting(token, way: session.way, expiresAt: session.expiresAt, now: clock.now)]
    }
}
