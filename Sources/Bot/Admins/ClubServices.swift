import Domain

/// What admins work with in the bot, beside people and episodes.
public struct ClubServices: Sendable {
    public var audit: AuditLog
    public var failures: InboxFailures
    public var invitations: Invitations
    public var office: ClubOffice
    public var privacy: Privacy
    public var clubChats: ClubChats
    public var shows: LiveSessions
    public var rooms: LiveRooms
    public var cards: RoomCards
    public var speakLinks: SpeakLinks
    public var broadcasts: Broadcasts
    public var notifications: NotificationList
    public var listening: Listening
    public var analytics: Analytics
    public var levelTags: LevelTags
    public var progress: ProgressBook
    public var boards: Boards
    public var history: XPHistory
    public var honours: HonourDesk
    public var thanks: ThanksDesk

    public init(
        store: any ClubStore,
        directory: MemberDirectory,
        shows: LiveSessions,
        rooms: LiveRooms,
        clock: any ClubClock,
        ids: IDSource,
        hasher: SecretHasher
    ) {
        audit = AuditLog(store: store)
        failures = InboxFailures(store: store, clock: clock, ids: ids)
        invitations = Invitations(store: store, directory: directory, clock: clock, ids: ids, hasher: hasher)
        office = ClubOffice(store: store, clock: clock, ids: ids)
        privacy = Privacy(store: store, directory: directory, clock: clock)
        clubChats = ClubChats(store: store, directory: directory, clock: clock, ids: ids)
        self.shows = shows
        self.rooms = rooms
        cards = RoomCards(store: store, clock: clock, ids: ids)
        speakLinks = SpeakLinks(store: store, clock: clock, ids: ids, hasher: hasher)
        broadcasts = Broadcasts(store: store, clock: clock, ids: ids)
        notifications = NotificationList(store: store, clock: clock)
        analytics = Analytics(store: store, clock: clock)
        progress = ProgressBook(store: store, clock: clock)
        listening = Listening(store: store, clock: clock)
        boards = Boards(store: store, clock: clock)
        history = XPHistory(store: store)
        honours = HonourDesk(store: store, progress: progress, clock: clock, ids: ids)
        levelTags = LevelTags(store: store, office: office, clock: clock)
        thanks = ThanksDesk(store: store, clock: clock)
    }
}
