import Foundation

extension Date {
    /// So much later, in whole milliseconds: what is reckoned is the very moment that clocks, stores and logs give.
    func later(by duration: Duration) -> Date {
        Timestamp.date(milliseconds: Timestamp.milliseconds(self) + duration.wholeMilliseconds)
    }
}
