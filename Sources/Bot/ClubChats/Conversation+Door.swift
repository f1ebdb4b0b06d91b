import Domain

/// Somebody who is no member is at the door.
extension Conversation {
    /// What they see.
    ///
    /// Where they ask to be let in and a chat is open, they are looked for there, and the answer comes later.
    func door(
        _ person: Person,
        _ known: Member?,
        wantsIn: Bool,
        wanting wanted: PodcastID? = nil,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        let settings = try await club.office.settings()
        if wantsIn, known?.membership != .banned, !settings.openClubChats.isEmpty,
            try await club.clubChats.ask(person, wanting: wanted, cause: cause)
        {
            return clubChatScreens.checking(person)
        }
        if let wanted, let known { try await directory.remember(wanted, for: known.id, cause: cause) }
        return people.outside(person, known, settings, wanting: wanted)
    }

    var clubChatScreens: ClubChatScreens { ClubChatScreens(phrases: phrases) }
}

extension Request {
    /// Whether somebody who writes this wants to come in.
    var wantsIn: Bool {
        switch self {
        case .start, .signIn, .episode, .post, .show(.show): true
        case .help, .latest, .library, .search, .tags, .tag, .random, .goOn, .claim, .join, .personal, .admin,
            .show, .room, .thanks, .progress, .unknownCommand, .noText:
            false
        }
    }
}
