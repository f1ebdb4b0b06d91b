import Foundation

/// A message of the bot that shows one person a room, and how far it is up to date. It is in the person's own
/// conversation, so only its number is kept.
public struct RoomCard: Codable, Equatable, Sendable {
    /// What of a room is shown.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// One's raised hand.
        case hand
        /// That it is one's turn, with the way onto the stage.
        case speak
        /// The queue and the stage, for those who run the show.
        case queue
    }

    public let kind: Kind
    /// The messenger's number of the message; nil before it was sent.
    public internal(set) var message: Int64?
    /// What it says, or is about to.
    public internal(set) var face: RoomCardFace
    /// How often messages of this kind were sent or edited for this person and show.
    var number = 0
    /// Until then a message that shows it may wait in the outbox; nil where none does. It is laid out when it is sent,
    /// so that what changes meanwhile needs no other one.
    var queuedUntil: Date?

    init(_ kind: Kind, _ face: RoomCardFace) {
        self.kind = kind
        self.face = face
    }
}

/// What a `RoomCard` says.
public enum RoomCardFace: Codable, Equatable, Sendable {
    /// The hand is up. From 1 on.
    case waiting(position: Int)
    /// The person is asked onto the stage, and answers in the room or by another message.
    case called
    /// The person is asked onto the stage, and answers here, before this moment.
    case invited(until: Date)
    /// The queue as `RoomSnapshot.queueMark` names it; the message is laid out when it is sent.
    case queue(mark: String)
    /// What became of the hand. It is not changed any more.
    case over(HandOutcome)

    /// Whether it still changes by itself.
    public var isOpen: Bool {
        if case .over = self { false } else { true }
    }
}

/// What becomes of a raised hand.
public enum HandOutcome: String, Codable, CaseIterable, Sendable {
    case onStage = "on_stage"
    /// They lowered it themselves.
    case lowered
    /// Who runs the show lowered it, or took the invitation back.
    case loweredByHost = "lowered_by_host"
    case declined
    /// The invitation was not answered in time.
    case expired
    /// They dropped out of the room and did not come back.
    case dropped
    /// A host has removed them, or they are no member any more.
    case removed
    /// Hands are not raised any more.
    case handsOff = "hands_off"
    case showOver = "show_over"

    public init(_ end: HandEnd) {
        switch end {
        case .own: self = .lowered
        case .host: self = .loweredByHost
        case .removed: self = .removed
        case .dropped: self = .dropped
        case .policy: self = .handsOff
        }
    }

    public init(_ end: InviteEnd) {
        switch end {
        case .declined: self = .declined
        case .expired: self = .expired
        case .withdrawn: self = .loweredByHost
        case .removed: self = .removed
        case .dropped: self = .dropped
        }
    }
}

/// What the bot tells about a room at this moment. It stands in nobody's list of notifications: later it is worth
/// nothing.
public enum RoomTold: Codable, Equatable, Sendable {
    /// To one person: the card of this kind as it stands. It takes the place of the message that is there.
    case card(RoomCard.Kind)
    /// To those who run the show: is anybody there? Asked at this moment.
    case hostAsked(at: Date)
    /// To those who run the show: this one is in charge from now on.
    case inCharge(MemberID)
}

extension RSVP {
    /// The card of a kind; nil where the person has none.
    public func card(_ kind: RoomCard.Kind) -> RoomCard? { cards?.first { $0.kind == kind } }

    mutating func put(_ card: RoomCard) {
        cards = (cards ?? []).filter { $0.kind != card.kind } + [card]
    }
}
