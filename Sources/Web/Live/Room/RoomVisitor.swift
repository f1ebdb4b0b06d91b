import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Who asks at one show's room: somebody signed in, or with a pass for that room alone.
struct RoomVisitor: Sendable {
    let member: Member
    /// In which they are signed in; nil: they came by a Speak link.
    let authSession: AuthSessionID?
    /// Since when they have the pass by which they came; nil: they are signed in.
    let passSince: Date?

    init(_ asker: SignedIn) {
        member = asker.member
        authSession = asker.session.id
        passSince = nil
    }

    init(_ bearer: RoomPasses.Bearer) {
        member = bearer.member
        authSession = nil
        passSince = bearer.since
    }
}

/// Finds out who asks at rooms.
struct RoomVisitors: Sendable {
    let visitors: Visitors
    let passes: RoomPasses

    /// Whether somebody who is not signed in brings a pass, whatever it is good for.
    func hasPass(_ request: Request) -> Bool { passes.isIn(request.head) }

    /// Who is signed in goes before who has a pass.
    /// - Throws: `.notSignedIn` where nobody is known, else why who is known may not come in; the store's error.
    func visitor(of request: Request, in session: LiveSessionID) async throws -> RoomVisitor {
        let visitor = await visitors.visitor(of: request)
        do {
            return RoomVisitor(try visitor.signedIn())
        } catch let refusal as Refusal {
            guard let bearer = try await passes.bearer(in: request.head, of: session) else { throw refusal }
            return RoomVisitor(bearer)
        }
    }
}
