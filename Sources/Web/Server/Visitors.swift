import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Finds out who asks: from the session cookie or a Bearer token, with the member as the store has them now.
struct Visitors: Sendable {
    let signIn: SignIn
    let tokens: SessionTokens
    let cookie: SessionCookie
    let notifications: NotificationList
    let clock: any ClubClock
    /// The language for whoever names none.
    let language: ClubLanguage

    /// `context` with who asks, and their language.
    func lookUp(_ request: Request, _ context: WebContext) async -> WebContext {
        var context = context
        context.visitor = await visitor(of: request)
        context.language = await language(of: context.visitor, request)
        return context
    }

    /// As `lookUp`, with what the frame of every page shows of the visitor. Without the store it shows nothing.
    func lookUpForPage(_ request: Request, _ context: WebContext) async -> WebContext {
        var context = await lookUp(request, context)
        if case .member(let signedIn) = context.visitor {
            context.unread = (try? await notifications.unread(of: signedIn.member)) ?? 0
        }
        return context
    }

    /// Never throws: what went wrong is part of the answer, so that pages for everyone still work.
    func visitor(of request: Request) async -> Visitor {
        guard let token = token(of: request), let claims = tokens.claims(in: token, now: clock.now) else {
            return .stranger(.notSignedIn)
        }
        do {
            let (session, member) = try await signIn.member(session: claims.session)
            guard member.id == claims.member else { return .stranger(.notSignedIn) }
            return .member(SignedIn(session: session, member: member))
        } catch {
            switch error {
            case .refused(let refusal): return .stranger(refusal)
            case .store(let error): return .unknown(error)
            }
        }
    }

    /// The member's own language; for others the one that their browser asks for, else the club's.
    func language(of visitor: Visitor, _ request: Request) async -> Language {
        if case .member(let signedIn) = visitor { return signedIn.member.language }
        if let asked = Self.language(accepted: request.headers[.acceptLanguage]) { return asked }
        return await language.current()
    }

    /// The language that suits an `Accept-Language` best. Source: RFC 9110, section 12.5.4.
    /// - Returns: nil where no language is asked for.
    static func language(accepted: String?) -> Language? {
        let wishes = (accepted ?? "").split(separator: ",").compactMap { part -> (tag: String, weight: Double)? in
            let pieces = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = pieces.first, tag.wholeMatch(of: /[A-Za-z0-9-]+/) != nil else { return nil }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return weight > 0 ? (tag, weight) : nil
        }
        // The first of those that are wished for most.
        let ranked = wishes.enumerated().sorted { left, right in
            (right.element.weight, left.offset) < (left.element.weight, right.offset)
        }
        let tags = ranked.map(\.element.tag)
        let spoken = tags.first { tag in
            Language.allCases.contains { tag.lowercased().split(separator: "-").first == $0.rawValue[...] }
        }
        guard let tag = spoken ?? tags.first, !tag.isEmpty else { return nil }
        return Language(tag: tag, fallback: .ru)
    }

    /// A Bearer token goes before the cookie: a Mini App whose cookies are blocked sends one.
    private func token(of request: Request) -> String? {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return cookie.token(in: request)
    }
}
