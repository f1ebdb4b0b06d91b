import NIOCore
import Synchronization
import Web

/// What compressed frames mean. A server compresses a message once for all, so it is decompressed once for all.
final class DeflatedFrames: Sendable {
    private struct State {
        var inflater: Inflater?
        var known: [ByteBuffer: Hearing] = [:]
    }

    /// So many are remembered; the listeners are never further apart.
    private static let most = 1_000

    private let state = Mutex(State())

    /// - Returns: `.other` for what cannot be decompressed: it is missed as a message.
    func meaning(of payload: ByteBuffer, inRoom: Bool) -> Hearing {
        state.withLock { state in
            if let known = state.known[payload] { return known }
            if state.known.count >= Self.most { state.known = [:] }
            if state.inflater == nil { state.inflater = Inflater() }
            guard let text = try? state.inflater?.inflate(payload, atMost: 1024 * 1024) else { return .other }
            let hearing = text.withUnsafeReadableBytes { Hearing($0, inRoom: inRoom) }
            state.known[payload] = hearing
            return hearing
        }
    }
}
