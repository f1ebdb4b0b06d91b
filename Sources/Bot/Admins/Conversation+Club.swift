import Domain

/// The club's settings.
extension Conversation {
    /// Shows the settings, or sets the zone that was typed.
    func clubSettings(_ zone: String, for admin: Member, cause: Cause) async throws(ChangeFailure) -> Screen {
        guard zone.isEmpty else {
            return overview(try await club.office.setTimeZone(zone, by: admin, cause: cause), admin)
        }
        return overview(try await club.office.settings(for: admin), admin)
    }

    func answer(
        _ button: SettingButton,
        _ tap: Tap,
        of admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let settings: ClubSettings
        switch button {
        case .overview, .zones, .reactions, .hands(nil), .askToForget:
            settings = try await club.office.settings(for: admin)
        case .forget(.admins):
            try await library.adminsChat.forget(by: admin, cause: cause)
            settings = try await club.office.settings(for: admin)
        case .forget(.group):
            try await club.clubChats.forgetGroup(by: admin, cause: cause)
            settings = try await club.office.settings(for: admin)
        case .zone(let name): settings = try await club.office.setTimeZone(name, by: admin, cause: cause)
        case .language(let language):
            settings = try await club.office.setLanguage(language, by: admin, cause: cause)
        case .joining(let mode, let isOpen):
            settings = try await club.office.setJoining(mode, isOpen: isOpen, by: admin, cause: cause)
        case .sharesAudio(let isAllowed):
            settings = try await club.office.setSharesAudio(isAllowed, by: admin, cause: cause)
        case .hands(let policy?):
            settings = try await club.office.setHandPolicy(policy, by: admin, cause: cause)
        case .tagsLevels(let isOn):
            settings = try await club.levelTags.set(isOn, by: admin, cause: cause)
        case .reaction(let place, let isOn):
            let emoji = Room.offeredReactions[place]
            settings = try await club.office.setReaction(emoji, isOn: isOn, by: admin, cause: cause)
        }
        return [done(tap), .change(tap.message, screen(after: button, settings, admin))]
    }

    private func screen(after button: SettingButton, _ settings: ClubSettings, _ admin: Member) -> Screen {
        switch button {
        case .zones: clubScreens.zones(settings, admin.language)
        case .reactions, .reaction: clubScreens.reactions(settings, admin.language)
        case .hands: clubScreens.hands(settings, admin.language)
        case .askToForget(let place): clubScreens.question(place, admin.language)
        case .overview, .zone, .joining, .sharesAudio, .tagsLevels, .language, .forget: overview(settings, admin)
        }
    }

    private func overview(_ settings: ClubSettings, _ admin: Member) -> Screen {
        clubScreens.overview(settings, now: directory.now, admin.language)
    }

    private var clubScreens: ClubScreens { ClubScreens(phrases: phrases) }
}
