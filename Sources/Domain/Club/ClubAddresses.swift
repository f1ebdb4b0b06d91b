import Foundation

/// Where the club is found, as it may be written into messages and pages.
public struct ClubAddresses: Sendable {
    /// The site, or nil where no member could open it from a message.
    public var site: URL?
    /// Makes a link that opens the club's bot and hands it a payload (letters, digits, `_`, `-`, at most 64).
    private let botLink: @Sendable (String) -> URL?

    public init(site: URL?, botLink: @escaping @Sendable (_ payload: String) -> URL?) {
        self.site = site
        self.botLink = botLink
    }

    /// A link that opens the bot with a payload. Nil while the bot's name is not known yet.
    public func bot(payload: String) -> URL? { botLink(payload) }

    /// An episode's page.
    public func page(of id: PodcastID) -> URL? {
        site?.appending(path: "podcast/\(id)")
    }

    /// What the payload of a sign-in link begins with.
    public static let signInPrefix = "login-"
    /// What the payload of an invite's link begins with.
    public static let invitePrefix = "join-"
    /// What the payload of an episode's link begins with.
    public static let episodePrefix = "episode-"
    /// What the payload of the link that claims the club begins with.
    public static let claimPrefix = "claim-"
}
