import Domain

/// Somebody who is no member is at the door.
extension Conversation {
    /// What they see.
    ///
    /// Where they ask to be let in and a room is open, they are looked for there, and the answer comes later.
    func door(
        _ person: Person,
        _ known: Member?,
        _ request: Request,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        let wanted = request.wanted
        if request.wantsIn, known?.membership != .banned,
            try await club.rooms.ask(person, wanting: wanted, cause: cause)
        {
            return roomScreens.checking(person)
        }
        if let wanted, let known { try await directory.remember(wanted, for: known.id, cause: cause) }
        return people.outside(person, known, try await club.office.settings(), wanting: wanted)
    }

    var roomScreens: RoomScreens { RoomScreens(phrases: phrases) }
}

extension Request {
    /// Whether somebody who writes this wants to come in.
    var wantsIn: Bool {
        switch self {
        case .start, .signIn, .episode, .post: true
        case .help, .latest, .library, .search, .tags, .tag, .random, .claim, .join, .personal, .admin,
            .unknownCommand, .noText:
            false
        }
    }
}
