/// The world that a new sandbox starts with: a small club with a recording channel.
///
/// The ids are fixed, so that a program that runs against the sandbox can know them beforehand.
public enum SandboxClub {
    /// The club's bot, admin of the channel.
    public static let botID: Int64 = 4242
    /// Its token. It opens nothing but a sandbox.
    public static let botToken = "4242:sandbox-token-not-a-secret"
    /// Its username, without `@`.
    public static let botUsername = "Podcast_FOMO_bot"
    /// The name that people see.
    public static let botName = "FOMO Podcasts"

    /// The channel where recordings are posted.
    public static let channelID: Int64 = -1_001_000_004_242
    public static let channelTitle = "FOMO Recordings"

    /// Polina: posts recordings, owns the channel, and is the club's owner.
    public static let posterID: Int64 = 700_000_001
    /// Misha: a member, reads the channel.
    public static let memberID: Int64 = 700_000_002
    /// Stella: has nothing to do with the club yet.
    public static let strangerID: Int64 = 700_000_003

    static let people = [
        Person(id: posterID, firstName: "Polina", lastName: "Orlova", username: "polina_fomo", languageCode: "ru"),
        Person(id: memberID, firstName: "Misha", lastName: "Belov", username: "misha_listens", languageCode: "ru"),
        Person(id: strangerID, firstName: "Stella", username: "stella_new", languageCode: "en"),
    ]
}
