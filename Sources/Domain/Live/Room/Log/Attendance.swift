import Foundation

/// Unique in the whole store: made of the show, the connection or the member, and the moment. A connection may be older
/// than the process that sees it.
public struct AttendanceID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// From when to when somebody was in a show in one way.
public struct AttendanceInterval: TransferRecord, Identifiable {
    /// How they were there.
    public enum Part: RawRepresentable, Codable, Hashable, Sendable {
        /// In the room, by one connection.
        case seat(DeviceKind)
        case stage
        /// On stage with a microphone that could be heard.
        case microphone

        /// As it is stored: `seat:phone`, `stage`, `microphone`.
        public var rawValue: String {
            switch self {
            case .seat(let device): "seat:\(device.rawValue)"
            case .stage: "stage"
            case .microphone: "microphone"
            }
        }

        /// - Returns: nil where it says none of these.
        public init?(rawValue: String) {
            switch rawValue {
            case "stage": self = .stage
            case "microphone": self = .microphone
            default:
                guard rawValue.hasPrefix("seat:"), let device = DeviceKind(rawValue: String(rawValue.dropFirst(5)))
                else { return nil }
                self = .seat(device)
            }
        }
    }

    public let id: AttendanceID
    public let session: LiveSessionID
    public let member: MemberID
    public let part: Part
    public let from: Date
    /// Nil as long as it goes on.
    public internal(set) var to: Date?

    public static let collection = "attendance"

    public var key: String { id.rawValue }

    public init(
        id: AttendanceID,
        session: LiveSessionID,
        member: MemberID,
        part: Part,
        from: Date,
        to: Date? = nil
    ) {
        self.id = id
        self.session = session
        self.member = member
        self.part = part
        self.from = from
        self.to = to
    }

    /// The same, ended; not before it began.
    public func ended(at moment: Date) -> AttendanceInterval {
        var copy = self
        copy.to = max(from, moment)
        return copy
    }
}

/// Keeps who was in the shows.
public protocol AttendanceStore: Sendable {
    /// Stores intervals, each in place of the one with its id; all or nothing.
    func keep(_ intervals: [AttendanceInterval]) async throws(StoreError)

    /// The intervals of a show behind an id (nil: from the first), in the order of their ids; at most `limit`.
    func intervals(
        of session: LiveSessionID,
        after id: AttendanceID?,
        limit: Int
    ) async throws(StoreError) -> [AttendanceInterval]

    /// The intervals of a show that go on, in the order of their ids; at most `limit`.
    func open(in session: LiveSessionID, limit: Int) async throws(StoreError) -> [AttendanceInterval]

    /// When a member was in shows, the newest first, then by id; at most `limit`.
    func attended(by member: MemberID, limit: Int) async throws(StoreError) -> [AttendanceInterval]

    /// Forgets when a member was in shows. It may be done again.
    func forget(_ member: MemberID) async throws(StoreError)
}
