import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `/live/{id}/speak/{secret}`: the one-time way from the bot onto a show's stage.
///
/// Messengers fetch links to show what is behind them, so looking changes nothing: the link is spent by the page's
/// button only.
struct SpeakPages: Sendable {
    private struct SpeakView {
        var heading: String
        var text: String
        /// Where the form goes: the page's own address.
        var here: String
    }

    let services: WebServices
    let pages: Pages
    let visitors: Visitors
    let passes: RoomPasses
    let links: SpeakLinks
    /// How often an address may try links.
    let tries: RateLimiter
    let logger: Logger

    func add(to routes: inout RouteTable) {
        routes.everyone(.get, "/live/{id}/speak/{secret}", show)
        routes.everyone(.post, "/live/{id}/speak/{secret}", speak)
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (session, secret) = try admit(context)
        guard try await links.isGood(secret, in: session), let show = try await services.shows.find(session) else {
            throw Refusal.speakLinkExpired
        }
        let context = await visitors.lookUp(request, context)
        let view = SpeakView(
            heading: pages.text(.speakHeading, context),
            text: pages.text(.speakText, context, ["title": show.title]),
            here: "/live/\(session)/speak/\(secret)"
        )
        return .page(pages.render(.speak, title: view.heading, view, context))
    }

    /// Spends the link, accepts the invitation, and leads into the room. Whoever comes after the invitation has ended
    /// comes into the room all the same, and so does everybody where it could not be accepted now: the link is spent, and
    /// the room asks them itself.
    /// - Throws: `.room(.removed)`; what `SpeakLinks.redeem` throws.
    @Sendable private func speak(_ request: Request, _ context: WebContext) async throws -> Response {
        let (session, secret) = try admit(context)
        let member = try await links.redeem(secret, in: session, cause: services.cause())
        do throws(ChangeFailure) {
            let actor = RoomActor(RoomPerson(member), by: .messenger)
            try await services.rooms.perform(.acceptInvite, by: actor, in: session)
        } catch .refused(.room(.removed)) {
            throw Refusal.room(.removed)
        } catch .store(let error) {
            logger.warning("An invitation onto a stage could not be accepted", metadata: ["error": "\(error)"])
        } catch .refused {
            // The room says so itself.
        }
        return .seeOther("/live/\(session)", headers: [.setCookie: passes.setting(member.id, in: session)])
    }

    /// - Throws: `.tooManyRequests`; `.speakLinkExpired` where the address cannot be a link of ours.
    private func admit(_ context: WebContext) throws -> (LiveSessionID, String) {
        try tries.admit(context.client)
        guard let id = context.parameters.get("id"), let secret = context.parameters.get("secret"),
            id.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil, secret.wholeMatch(of: /[a-z0-9]{26}/) != nil
        else { throw Refusal.speakLinkExpired }
        return (LiveSessionID(rawValue: id), secret)
    }
}
