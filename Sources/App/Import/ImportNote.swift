/// Everything that an import has to say about a document, a field of it or a collection.
enum ImportNote: String, CaseIterable, Codable, Sendable {
    /// What the notes are about, in the order in which they are told.
    enum Group: CaseIterable, Sendable {
        case cameIn
        case wasThere
        case changed
        case leftOut

        var title: String {
            switch self {
            case .cameIn: "Came in"
            case .wasThere: "Was there already"
            case .changed: "Came in otherwise than it was"
            case .leftOut: "Left out"
            }
        }
    }

    case members, claimableMembers = "claimable_members", podcasts, files
    case completedPodcasts = "completed_podcasts"
    case liveSessions = "live_sessions"
    case progress, badges

    case knownMembers = "known_members"
    case knownAccounts = "known_accounts"
    case knownPodcasts = "known_podcasts"
    case knownPosts = "known_posts"
    case knownShows = "known_shows"
    case knownProgress = "known_progress"
    case knownBadges = "known_badges"

    case ownerAsAdmin = "owner_as_admin"
    case privatePodcasts = "private_podcasts"
    case statusUnknown = "status_unknown"
    case heardInTelegram = "heard_in_telegram"
    case awaitingRecording = "awaiting_recording"
    case fileNotFound = "file_not_found"
    case noMediaFolder = "no_media_folder"
    case channelUnknown = "channel_unknown"
    case sharedPosts = "shared_posts"
    case authorUnknown = "author_unknown"
    case untitled
    case endedShows = "ended_shows"
    case untitledShows = "untitled_shows"

    case doubleUsers = "double_users"
    case doubleAccounts = "double_accounts"
    case doublePodcasts = "double_podcasts"
    case doubleShows = "double_shows"
    case missedShows = "missed_shows"
    case unreadable
    case withoutID = "without_id"
    case forgottenPeople = "forgotten_people"
    case listeningTimes = "listening_times"
    case unknownBadges = "unknown_badges"
    case badgeKinds = "badge_kinds"
    case avatars, covers, counters
    case sessionLinks = "session_links"
    case streamKeys = "stream_keys"
    case listenerCounts = "listener_counts"
    case xpTransactions = "xp_transactions"
    case clubSettings = "club_settings"
    case otherCollections = "other_collections"

    var group: Group {
        switch self {
        case .members, .claimableMembers, .podcasts, .files, .completedPodcasts, .liveSessions, .progress, .badges:
            .cameIn
        case .knownMembers, .knownAccounts, .knownPodcasts, .knownPosts, .knownShows, .knownProgress, .knownBadges:
            .wasThere
        case .ownerAsAdmin, .privatePodcasts, .statusUnknown, .heardInTelegram, .awaitingRecording, .fileNotFound,
            .noMediaFolder, .channelUnknown, .sharedPosts, .authorUnknown, .untitled, .endedShows, .untitledShows:
            .changed
        case .doubleUsers, .doubleAccounts, .doublePodcasts, .doubleShows, .missedShows, .unreadable, .withoutID,
            .forgottenPeople, .listeningTimes, .unknownBadges, .badgeKinds, .avatars, .covers, .counters, .sessionLinks,
            .streamKeys, .listenerCounts, .xpTransactions, .clubSettings, .otherCollections:
            .leftOut
        }
    }

    /// What it means, for whoever runs the import.
    var meaning: String {
        switch self {
        case .members: "members with their Telegram account"
        case .claimableMembers:
            "people without a Telegram account; an admin links them: fomo admin link-member <user_id> <telegram_id>;"
                + " all of them: fomo admin claimable-members"
        case .podcasts: "episodes"
        case .files: "audio files"
        case .completedPodcasts: "episodes of an earlier import that have now what they lacked"
        case .knownMembers: "people of an earlier import"
        case .knownAccounts: "people whose Telegram account belongs to somebody in the club; that one stays as it is"
        case .knownPodcasts: "episodes of an earlier import"
        case .knownPosts: "episodes whose post is an episode of the club already"
        case .ownerAsAdmin: "the owner is an admin now: the club has another owner, or no Telegram account is known"
        case .privatePodcasts: "episodes that were not public are unpublished now; only admins see them"
        case .statusUnknown: "episodes without a status are unpublished now; only admins see them"
        case .heardInTelegram: "episodes without a file are heard in Telegram only, by their post"
        case .awaitingRecording: "episodes with neither file nor post wait for a recording; members do not see them"
        case .fileNotFound: "files that are not in the folder of --media"
        case .noMediaFolder: "files that were not looked for: --media names no folder"
        case .channelUnknown: "posts that cannot be used: TELEGRAM_CHANNEL_ID is not the channel's number (-100…)"
        case .sharedPosts: "episodes whose post belongs to an episode before them"
        case .authorUnknown: "episodes whose author is no known member; the name stays"
        case .untitled: "episodes without a title are named by their date"
        case .doubleUsers: "people whose id somebody before them has"
        case .doubleAccounts: "people whose Telegram account somebody before them has"
        case .doublePodcasts: "episodes whose id one before them has"
        case .unreadable: "documents that cannot be read"
        case .withoutID: "documents without an id"
        case .progress: "people with their XP, and how often they raised hands, spoke, thanked and were thanked"
        case .badges: "badges of people"
        case .knownProgress: "people whose XP came in before; they stay as they were then"
        case .knownBadges: "badges that the people have or had here already"
        case .forgottenPeople: "XP and badges of people who asked this club to forget them"
        case .listeningTimes: "people's listening times, whose unit nobody knows; the XP that they brought are in"
        case .unknownBadges: "badges that this club does not have"
        case .badgeKinds: "kinds of badges of the old club; this one has its own"
        case .avatars: "pictures of people; Telegram's are shown"
        case .covers: "covers of episodes"
        case .counters: "counters of episodes (likes, plays and such)"
        case .liveSessions: "shows (live sessions)"
        case .knownShows: "shows of an earlier import"
        case .endedShows: "shows that were live are over now"
        case .untitledShows: "shows without a title are named by their date"
        case .doubleShows: "shows whose id one before them has"
        case .missedShows: "shows whose time has passed without their having taken place, or is not known"
        case .sessionLinks: "links of episodes to shows that are not there"
        case .streamKeys: "stream keys of shows, which are secrets of the old system"
        case .listenerCounts: "numbers of listeners of shows; they come with the version that has attendance"
        case .xpTransactions: "lines of the old XP ledger; what a person had is taken from their own document"
        case .clubSettings: "settings of the old club with its wallets: set this one's by bot and .env"
        case .otherCollections: "documents of collections that the club has no use for"
        }
    }
}
