/// A random number by which one of several is chosen. Who draws it decides how random it is.
public struct Draw: Equatable, Sendable {
    public let bits: UInt64

    /// `bits`: each value as likely as any other.
    public init(bits: UInt64) {
        self.bits = bits
    }

    /// The index of the chosen one, from 0 to `count - 1`, each as likely as any other; nil of none.
    public func index(of count: Int) -> Int? {
        count > 0 ? Int(bits.multipliedFullWidth(by: UInt64(count)).high) : nil
    }
}
