import Synchronization

/// Counts what the rooms' sockets do, from the start of the program.
final class RoomTally: Sendable {
    private let frames = Atomic<Int>(0)
    private let slow = Atomic<Int>(0)

    /// Frames that were handed to sockets.
    var framesSent: Int { frames.load(ordering: .relaxed) }
    /// Sockets that were closed because their client read too slowly.
    var closedAsTooSlow: Int { slow.load(ordering: .relaxed) }

    func sent(_ count: Int) {
        frames.wrappingAdd(count, ordering: .relaxed)
    }

    func closed(_ end: SocketEnd) {
        if end == .byServer(.tooSlow) { slow.wrappingAdd(1, ordering: .relaxed) }
    }
}

extension RoomSockets {
    /// For `/metrics`.
    var metrics: [Metric] {
        [
            Metric("fomo_room_sockets", "Open sockets of live rooms.", .gauge, value: Double(hub.count)),
            Metric("fomo_rooms", "Live rooms that somebody hears by a socket.", .gauge, value: Double(roomCount)),
            Metric(
                "fomo_room_frames_total",
                "Frames handed to sockets of live rooms, one for each socket.",
                .counter,
                value: Double(tally.framesSent)
            ),
            Metric(
                "fomo_room_sockets_too_slow_total",
                "Sockets of live rooms that were closed because their client read too slowly.",
                .counter,
                value: Double(tally.closedAsTooSlow)
            ),
        ]
    }
}
