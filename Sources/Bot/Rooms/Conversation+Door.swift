import Domain

/// Somebody who is no member is at the door.
extension Conversation {
    /// What they see.
    /// - `wantsIn`: Whether they ask to be let in by a room, where one is open: they are looked for there, and the answer
    ///     comes later.
    func door(
        _ person: Person,
        _ known: Member?,
        wantsIn: Bool,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        if wantsIn, known?.membership != .banned, try await club.rooms.ask(person, cause: cause) {
            return roomScreens.checking(person)
        }
        let settings = try await club.office.settings()
        return people.outside(person, known, settings)
    }

    var roomScreens: RoomScreens { RoomScreens(phrases: phrases) }
}

extension Request {
    /// Whether somebody who writes this wants to come in.
    var wantsIn: Bool {
        switch self {
        case .start, .signIn, .episode: true
        case .help, .latest, .library, .search, .claim, .join, .admin, .unknownCommand, .noText: false
        }
    }
}
