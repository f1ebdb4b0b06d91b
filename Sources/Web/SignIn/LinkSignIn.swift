import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Signs a browser in through the bot: the browser waits while its owner confirms in the messenger.
struct LinkSignIn: Sendable {
    /// What a waiting browser has.
    struct Waiting: Sendable {
        /// Opens the bot.
        var url: URL
        /// In `url`; not the browser's secret.
        var payload: String
        var number: Int
        /// The browser's secret with its seal.
        var poll: String
        var expiresAt: Date
        /// The `Set-Cookie` that names the browser.
        var cookie: String
    }

    let services: WebServices
    let bot: BotAddress
    let binding: BrowserBinding
    /// How often an address may begin to sign in.
    let starts: RateLimiter
    /// How often an address may ask whether it is signed in by now.
    let polls: RateLimiter

    /// Makes a link for the asking browser.
    /// - Throws: `.tooManyRequests`; what the store throws.
    func start(_ request: Request, _ context: WebContext) async throws -> Waiting {
        try starts.admit(context.client)
        let device = DeviceName.make(userAgent: request.headers[.userAgent])
        let started = try await services.signIn.start(device: device, cause: services.cause())
        let browser = binding.browser(of: request)
        return Waiting(
            url: url(payload: started.payload),
            payload: started.payload,
            number: started.number,
            poll: binding.sealed(started.poll, for: browser),
            expiresAt: started.expiresAt,
            cookie: binding.setting(browser)
        )
    }

    /// The address that opens the bot with the payload of a sign-in link.
    func url(payload: String) -> URL {
        bot.link(ClubAddresses.signInPrefix + payload)
    }

    /// Whether the asking browser is signed in by now. The session is handed out once.
    /// - Throws: `.tooManyRequests`; `.linkExpired`, also for another browser than the one that began; `.notAMember`.
    func redeem(poll: String, _ request: Request, _ context: WebContext) async throws -> SignIn.Redemption {
        try polls.admit(context.client)
        let secret = try binding.opened(poll, by: request)
        let redemption = try await services.signIn.redeem(poll: secret, cause: services.cause())
        // Where they turn out to be no member any more, the session ends with all others before it is handed out.
        if case .signedIn(_, let member) = redemption { try await services.signInCheck?.recheck(member) }
        return redemption
    }
}
