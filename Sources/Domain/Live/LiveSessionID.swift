/// The identity of a show.
public struct LiveSessionID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}
