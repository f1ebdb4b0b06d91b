import Domain

/// What a bot needs of the club.
public struct BotClub: Sendable {
    public var store: any ClubStore
    public var outboxSignal: OutboxSignal
    public var directory: MemberDirectory
    public var library: PodcastLibrary
    public var signIn: SignIn
    public var services: ClubServices
    public var media: any MediaStore
    public var phrases: Phrasebook
    public var addresses: ClubAddresses
    public var clock: any ClubClock
    public var outage: StoreOutage
    /// Paints the pictures that go with news of progress; nil: they go without.
    public var cards: (any CardPainter)?

    public init(
        store: any ClubStore,
        outboxSignal: OutboxSignal,
        directory: MemberDirectory,
        library: PodcastLibrary,
        signIn: SignIn,
        services: ClubServices,
        media: any MediaStore,
        phrases: Phrasebook,
        addresses: ClubAddresses,
        clock: any ClubClock,
        outage: StoreOutage,
        cards: (any CardPainter)? = nil
    ) {
        self.store = store
        self.outboxSignal = outboxSignal
        self.directory = directory
        self.library = library
        self.signIn = signIn
        self.services = services
        self.media = media
        self.phrases = phrases
        self.addresses = addresses
        self.clock = clock
        self.outage = outage
        self.cards = cards
    }
}
