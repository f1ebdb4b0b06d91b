import Domain

/// What a token allows at LiveKit. What is nil is left out: the server then takes its own default, which for
/// publishing is yes.
struct LiveKitGrant: Codable, Equatable, Sendable {
    var roomCreate: Bool?
    var roomList: Bool?
    var roomAdmin: Bool?
    var roomJoin: Bool?
    var room: String?
    var canPublish: Bool?
    /// An empty list would mean all sources.
    var canPublishSources: [String]?
    var canPublishData: Bool?
    var canSubscribe: Bool?

    /// A member's way into a room's sound.
    static func joining(_ session: LiveSessionID, as part: SoundPart) -> LiveKitGrant {
        LiveKitGrant(
            roomJoin: true,
            room: session.rawValue,
            canPublish: part == .speaker,
            canPublishSources: part == .speaker ? [LiveKitPermission.microphoneGrant] : nil,
            canPublishData: false,
            canSubscribe: true
        )
    }

    /// The server's own call about one room.
    static func administrating(_ session: LiveSessionID) -> LiveKitGrant {
        LiveKitGrant(roomAdmin: true, room: session.rawValue)
    }
}

/// What somebody may do in a room's sound.
enum SoundPart: String, Sendable {
    /// Hears all, and is not heard.
    case listener
    /// On stage: heard by microphone.
    case speaker
}

/// What a participant may do, as LiveKit's calls say it. It is always sent whole: what is left out there is false.
struct LiveKitPermission: Encodable, Equatable, Sendable {
    static let microphone = "MICROPHONE"
    /// The same source in the words of tokens.
    static let microphoneGrant = "microphone"

    var canSubscribe = true
    var canPublish: Bool
    var canPublishData = false
    var canPublishSources: [String]
    var hidden = false
    var canUpdateMetadata = false

    init(_ part: SoundPart) {
        canPublish = part == .speaker
        canPublishSources = part == .speaker ? [Self.microphone] : []
    }
}
