import Crypto
import Domain
import Foundation
import Logging

/// Everything that answers requests, put together from top to bottom.
struct WebFloor: Sendable {
    let routes: RouteTable
    let visitors: Visitors
    let pages: Pages
    /// Who gets a socket.
    let door: RoomDoor
    /// By which those are known in one room who came by a Speak link.
    let passes: RoomPasses

    init(_ configuration: WebConfiguration, services: WebServices, logger: Logger) throws(WebServerFault) {
        let keys = try SigningKeys(configuration.sessionKey)
        let cookie = SessionCookie(isSecure: configuration.isSecure)
        let tokens = SessionTokens(key: keys.sessions)
        let language = ClubLanguage(store: services.store, setting: configuration.language)
        visitors = Visitors(
            signIn: services.signIn,
            tokens: tokens,
            cookie: cookie,
            notifications: services.notifications,
            clock: services.clock,
            language: language
        )
        let addresses = MediaAddresses(key: keys.media, directory: services.directory, clock: services.clock)
        let handover = SessionHandover(tokens: tokens, cookie: cookie, clock: services.clock)
        let link = LinkSignIn(
            services: services,
            bot: configuration.bot,
            binding: BrowserBinding(key: keys.browsers, isSecure: configuration.isSecure, ids: services.ids),
            starts: RateLimiter(burst: 20, interval: .seconds(15), clock: services.clock),
            polls: RateLimiter(burst: 120, interval: .seconds(1), clock: services.clock)
        )
        let assets = try StaticAssets(resources: configuration.resources)
        let robots = try KnownRobots(file: configuration.resources.appending(path: "robot-agents.txt"))
        pages = Pages(
            templates: try PageTemplates(folder: configuration.resources.appending(path: "Templates")),
            phrases: services.phrases,
            assets: assets.links,
            clubTitle: configuration.clubTitle,
            bot: configuration.bot
        )

        passes = RoomPasses(
            key: keys.rooms,
            isSecure: configuration.isSecure,
            directory: services.directory,
            shows: services.shows,
            clock: services.clock
        )
        let roomVisitors = RoomVisitors(visitors: visitors, passes: passes)
        var routes = RouteTable(visitors: visitors, roomVisitors: roomVisitors, mediaAddresses: addresses)
        HealthRoutes(
            services: services,
            probe: StoreProbe(store: services.store, clock: services.clock, logger: logger),
            storeTitle: configuration.storeTitle
        ).add(to: &routes)
        let (metrics, sockets) = (configuration.metrics, services.sockets)
        MetricsRoutes(visitors: visitors) { await metrics() + sockets.metrics }.add(to: &routes)
        assets.add(to: &routes)
        SignInRoutes(
            services: services,
            link: link,
            handover: handover,
            passes: passes,
            miniAppKeys: configuration.miniAppKeys,
            miniAppLimit: RateLimiter(burst: 30, interval: .seconds(3), clock: services.clock),
            language: language
        ).add(to: &routes)
        PodcastRoutes(services: services, addresses: addresses).add(to: &routes)
        AudioRoutes(services: services, meter: DownloadMeter(services: services, key: keys.downloads, robots: robots))
            .add(to: &routes)
        ProgressRoutes(
            services: services,
            tokens: PlayTokens(key: keys.plays, clock: services.clock),
            limits: (
                households: RateLimiter(burst: 240, interval: .milliseconds(100), clock: services.clock),
                members: RateLimiter(burst: 30, interval: .seconds(2), clock: services.clock)
            )
        ).add(to: &routes)
        LiveSessionRoutes(services: services, publicURL: configuration.publicURL).add(to: &routes)
        let tickets = RoomTickets(hasher: .sha256, clock: services.clock, ids: services.ids)
        RoomRoutes(services: services, tickets: tickets).add(to: &routes)
        RoomListRoutes(services: services).add(to: &routes)
        LiveKitRoutes(sound: services.sound).add(to: &routes)
        AuditRoutes(services: services).add(to: &routes)
        BroadcastRoutes(services: services).add(to: &routes)
        AnalyticsRoutes(services: services).add(to: &routes)
        NotificationRoutes(services: services).add(to: &routes)
        CoverRoutes(services: services).add(to: &routes)
        UserRoutes(services: services).add(to: &routes)
        XPRoutes(services: services).add(to: &routes)
        LoginPages(
            services: services,
            pages: pages,
            visitors: visitors,
            link: link,
            handover: handover,
            passes: passes
        ).add(to: &routes)
        LibraryPages(services: services, pages: pages, addresses: addresses).add(to: &routes)
        NotificationPages(services: services, pages: pages).add(to: &routes)
        ProgressPages(services: services, pages: pages).add(to: &routes)
        MemberPages(services: services, pages: pages).add(to: &routes)
        LivePages(services: services, pages: pages).add(to: &routes)
        SpeakPages(
            services: services,
            pages: pages,
            visitors: visitors,
            passes: passes,
            links: services.speakLinks,
            tries: RateLimiter(burst: 30, interval: .seconds(3), clock: services.clock),
            logger: logger
        ).add(to: &routes)
        ManagementPages(services: services, pages: pages).add(to: &routes)
        RoomPages(services: services, pages: pages).add(to: &routes)
        AnalyticsPages(services: services, pages: pages).add(to: &routes)
        self.routes = routes
        door = RoomDoor(
            services: services,
            visitors: roomVisitors,
            tickets: tickets,
            // As many as come back at once with all their pages after a break, several times over.
            joins: RateLimiter(burst: 40, interval: .seconds(1), clock: services.clock),
            addresses: ClientAddress(trustedProxies: configuration.trustedProxies),
            origins: OriginCheck(publicURL: configuration.publicURL),
            security: SecurityHeaders(isSecure: configuration.isSecure, sound: services.sound?.server),
            language: configuration.language,
            logger: logger
        )
    }
}
