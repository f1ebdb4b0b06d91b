import Foundation

/// What a secret looks like where it is stored: a digest, from which the secret cannot be had.
public struct SecretDigest: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Turns secrets into digests. The wiring passes SHA-256.
public struct SecretHasher: Sendable {
    private let hexadecimalDigest: @Sendable (String) -> String

    /// - Parameter hexadecimalDigest: A cryptographic hash of its argument's UTF-8.
    public init(hexadecimalDigest: @escaping @Sendable (String) -> String) {
        self.hexadecimalDigest = hexadecimalDigest
    }

    public func digest(of secret: String) -> SecretDigest {
        SecretDigest(rawValue: hexadecimalDigest(secret))
    }
}

/// A way to sign a browser in through the bot: the link is opened in the messenger, the browser waits.
///
/// The link's payload and the browser's secret are different, so that whoever sees the link cannot take the session.
public struct SignInLink: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        /// By the digest of the link's payload.
        case id(SecretDigest)
        /// By the digest of the secret that the browser polls with.
        case poll(SecretDigest)
    }

    public static let collection = "sign_in_links"
    public static let schema = 1
    /// How long a link is good.
    public static let lifetime: Duration = .seconds(300)

    /// Digest of the link's payload.
    public let id: SecretDigest
    /// Digest of the browser's secret.
    public let poll: SecretDigest
    /// Shown by browser and bot, for the person to compare.
    public let number: Int
    /// What the browser says that it is, such as `Firefox, Linux`.
    public let device: String
    public let expiresAt: Date
    /// Who confirmed it in the bot.
    public var confirmedBy: MemberID?
    /// Whether it was refused in the bot, or a session was made of it, or somebody came onto the stage by it.
    public var isSpent: Bool
    /// The show onto whose stage it leads (`SpeakLinks`); nil for one that signs in.
    public let room: LiveSessionID?

    public init(id: SecretDigest, poll: SecretDigest, number: Int, device: String, expiresAt: Date) {
        self.id = id
        self.poll = poll
        self.number = number
        self.device = PlainText.line(device, limit: 80)
        self.expiresAt = expiresAt
        isSpent = false
        room = nil
    }

    /// A link onto a stage, for a member who is known.
    init(speakingIn room: LiveSessionID, member: MemberID, id: SecretDigest, poll: SecretDigest, expiresAt: Date) {
        self.id = id
        self.poll = poll
        self.expiresAt = expiresAt
        self.room = room
        (number, device, confirmedBy, isSpent) = (0, "", member, false)
    }
}

/// Keeps sign-in links. Digests are unique.
public protocol SignInLinkStore: EntityStore where Entity == SignInLink {}
