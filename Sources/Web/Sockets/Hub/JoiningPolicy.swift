import NIOCore

/// When a room's messages wait a little, so that several go out in one write.
///
/// A write costs the system far more than the bytes in it. In a large room a stream of messages is cheaper in fewer,
/// longer writes; a single message never waits. Nor do those any longer that are as many, since the last write, as that
/// one had: where everybody who answered it has spoken, nothing more is to be expected. Where they are less than half as
/// many, the others are on their way, and are waited for a little longer.
package struct JoiningPolicy: Equatable, Sendable {
    /// From so many listeners of one event loop on it is worth it.
    package var listeners = 250
    /// So long after one write the next one comes at the earliest, while messages come in a stream.
    package var window: TimeAmount = .milliseconds(20)
    /// So many bytes are not held back any longer.
    package var bytes = 64 * 1024

    package init() {}

    /// How long what waits in a room still has to wait.
    /// - Parameters:
    ///   - waiting: How many messages wait, how many of them were sent after the write before, and how many bytes all
    ///     have.
    ///   - listeners: How many sockets get them.
    ///   - last: How many messages the write before had.
    ///   - elapsed: How long ago that write was done; nil where there was none.
    /// - Returns: Zero where it is to be written now.
    func wait(
        for waiting: (messages: Int, fresh: Int, bytes: Int),
        listeners: Int,
        last: Int,
        elapsed: TimeAmount?
    ) -> TimeAmount {
        let isStream = waiting.messages > 1 || last > 1
        guard listeners >= self.listeners, isStream, waiting.bytes < bytes, let elapsed else { return .zero }
        if last > 1, waiting.fresh >= last { return .zero }
        let window = 2 * waiting.messages < last ? window + window : window
        return max(.zero, window - elapsed)
    }
}
