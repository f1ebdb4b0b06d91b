/// Messages that are counted and withdrawn together, such as those of one broadcast.
public struct OutboxBatch: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}
