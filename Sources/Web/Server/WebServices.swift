import Domain

/// The parts of the club on which the web stands: its store, its services and its words.
public struct WebServices: Sendable {
    let store: any ClubStore
    let directory: MemberDirectory
    let library: PodcastLibrary
    let shows: LiveSessions
    let rooms: LiveRooms
    /// One of the audiences of `rooms`.
    let sockets: RoomSockets
    let signIn: SignIn
    /// Whether who signs in is in the club's channel or group; nil where nobody can ask.
    let signInCheck: SignInCheck?
    /// Nil where the club's shows have no sound.
    let sound: ClubSound?
    let media: any MediaStore
    let phrases: Phrasebook
    let clock: any ClubClock
    let ids: IDSource
    /// Keeps people's own places for a while, so there is one for all requests.
    let boards: Boards

    /// `phrases` was checked to have `WebPhrase.requiredKeys`.
    public init(
        store: any ClubStore,
        directory: MemberDirectory,
        library: PodcastLibrary,
        shows: LiveSessions,
        rooms: LiveRooms,
        sockets: RoomSockets,
        signIn: SignIn,
        signInCheck: SignInCheck? = nil,
        sound: ClubSound? = nil,
        media: any MediaStore,
        phrases: Phrasebook,
        clock: any ClubClock,
        ids: IDSource
    ) {
        self.store = store
        self.directory = directory
        self.library = library
        self.shows = shows
        self.rooms = rooms
        self.sockets = sockets
        self.signIn = signIn
        self.signInCheck = signInCheck
        self.sound = sound
        self.media = media
        self.phrases = phrases
        self.clock = clock
        self.ids = ids
        boards = Boards(store: store, clock: clock)
    }

    var speakLinks: SpeakLinks { SpeakLinks(store: store, clock: clock, ids: ids, hasher: .sha256) }
    var notifications: NotificationList { NotificationList(store: store, clock: clock) }
    var analytics: Analytics { Analytics(store: store, clock: clock) }
    var progress: ProgressBook { ProgressBook(store: store, clock: clock) }
    var history: XPHistory { XPHistory(store: store) }
    var thanks: ThanksDesk { ThanksDesk(store: store, clock: clock) }
    var honours: HonourDesk { HonourDesk(store: store, progress: progress, clock: clock, ids: ids) }
    var broadcasts: Broadcasts { Broadcasts(store: store, clock: clock, ids: ids) }

    var listening: Listening {
        let progress = progress
        return Listening(store: store, clock: clock) { members in
            // What cannot be told now is told by the scoring service's next round.
            try? await progress.changed(members)
        }
    }

    var downloads: Downloads { Downloads(store: store, clock: clock) }

    /// A new cause for what one request changes. Requests are not repeated by the server, so each has its own.
    func cause() -> Cause {
        Cause(rawValue: "web:\(ids.secret())")
    }
}
