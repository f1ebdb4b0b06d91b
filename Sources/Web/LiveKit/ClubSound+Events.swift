import Domain

/// What LiveKit tells by itself.
extension ClubSound {
    /// Takes over what LiveKit tells; nothing where it told it before.
    /// - Throws: `.store` where it could not be taken over; LiveKit tells it again then.
    func take(_ event: LiveKitEvent) async throws(ChangeFailure) {
        if let id = event.id, !seen.add(id) { return }
        do throws(ChangeFailure) {
            try await handle(event)
        } catch {
            guard case .refused = error else {
                if let id = event.id { seen.forget(id) }
                throw error
            }
        }
    }

    private func handle(_ event: LiveKitEvent) async throws(ChangeFailure) {
        guard let session = event.session else { return }
        switch event.name {
        case "participant_joined":
            if let participant = event.participant { try await welcome(participant, in: session) }
        case "participant_left", "participant_connection_aborted":
            if let participant = event.participant { try await leave(participant.connection) }
        case "track_published", "track_unpublished":
            guard let participant = event.participant, let track = event.track, track.isMicrophone else { return }
            try await microphone(of: participant, event.name == "track_published" ? track : nil, in: session)
        case "room_finished":
            for seat in connections.all(of: session) { try await leave(seat.connection) }
        default: break
        }
    }
}
