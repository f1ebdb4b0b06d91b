import Foundation

/// All that the club keeps about one person, to be handed to that person: without secrets, without what concerns
/// others. Written as JSON in snake_case, moments in ISO 8601.
struct MemberExport: Encodable {
    struct About: Encodable {
        var userID: String
        var telegramID: Int64?
        var name: String
        var username: String?
        var language: String
        var role: String
        var membership: String
        var canBeWrittenTo: Bool
        var knownSince: Date
        var requestedAt: Date?
        /// What an admin answered to the last request, and when.
        var requestApproved: Bool?
        var decidedAt: Date?
        var joinedAt: Date?
        var exportedAt: Date?
        /// When you signed out everywhere, the last time.
        var signedOutAt: Date?
    }

    struct Settings: Encodable {
        var language: String?
        var notices: [String: Bool]
        var quietHours: String?
        var timeZone: String?
        /// Whether you stand in no board and others do not find you.
        var hidden: Bool
    }

    struct SignedIn: Encodable {
        /// `mini_app`, `link`, or `link_waiting` where the browser has not come back yet, or
        /// `speak_link` for the way onto a show's stage.
        var way: String
        var device: String
        var at: Date?
        var until: Date
    }

    struct Episode: Encodable {
        var id: String
        var title: String
        var status: String
        var publishedAt: Date?
    }

    /// A show that you run or help with.
    struct Show: Encodable {
        var id: String
        var title: String
        var status: String
        var isYours: Bool
        var startsAt: Date
    }

    /// What you answered to the announcement of a show.
    struct Answer: Encodable {
        var show: String
        var coming: Bool
        var reminders: Bool
        var at: Date
    }

    /// Thanks that you gave or got.
    struct Thank: Encodable {
        var byYou: Bool
        var episode: String
        /// The moment of the episode, in seconds.
        var seconds: Int?
        var words: String?
        var at: Date
    }

    struct Invitation: Encodable {
        var id: String
        var madeByYou: Bool
        var madeAt: Date
        var expiresAt: Date
        /// Of one's own: how many people it may let in, and has.
        var quota: Int?
        var used: Int?
    }

    struct Message: Encodable {
        var at: Date
        /// What kind of message of the bot it was.
        var kind: String
        var state: String
    }

    /// An entry of the list of what you were told.
    struct Told: Encodable {
        var at: Date
        var kind: String
        var readAt: Date?
    }

    struct Update: Encodable {
        var at: Date
        /// What you wrote or tapped, where that can be read.
        var text: String?
    }

    struct Entry: Encodable {
        var at: Date
        var action: String
        var byYou: Bool
        var aboutYou: Bool
        var details: [String: String]
    }

    struct Rooms: Encodable {
        struct Written: Encodable {
            var show: String
            var at: Date
            /// `chat`, `question`, `topic` of a raised hand, or `pin`.
            var kind: String
            var text: String
        }

        struct Attended: Encodable {
            var show: String
            /// `seat:` and the kind of device, `stage` or `microphone`.
            var part: String
            var from: Date
            var to: Date?
        }

        var written: [Written]
        var attended: [Attended]
    }

    /// What you listened to.
    struct Listening: Encodable {
        struct Day: Encodable {
            struct Part: Encodable {
                var episode: String
                var seconds: Double
            }

            /// Of the club's calendar.
            var day: String
            /// In their order.
            var parts: [Part]
        }

        struct Episode: Encodable {
            var episode: String
            /// Where you go on: the recording and the seconds from its beginning.
            var recording: String?
            var seconds: Double?
            /// How many stretches of ten seconds you have heard.
            var stretchesHeard: Int
            var completedAt: Date?
            var lastListenedAt: Date
        }

        var days: [Day]
        var episodes: [Episode]
    }

    var madeAt: Date
    /// Of each list at most so many are given, the newest first.
    var longestList: Int
    var you: About
    var settings: Settings
    var signedIn: [SignedIn]
    var episodes: [Episode]
    var shows: [Show]
    var answers: [Answer]
    var thanks: [Thank]
    var invites: [Invitation]
    var rooms: Rooms
    var listening: Listening
    var progress: Progress
    var messages: [Message]
    var notifications: [Told]
    var updates: [Update]
    var journal: [Entry]

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
