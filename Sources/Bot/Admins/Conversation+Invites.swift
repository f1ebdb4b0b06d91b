import Domain

/// Invites: made and taken back by admins, used by strangers.
extension Conversation {
    /// So many of the running invites are shown.
    private static let shown = 12

    func invite(
        quota: Int,
        days: Int,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let made = try await club.invitations.make(quota: quota, days: days, by: admin, cause: cause)
        return [
            .show(inviteScreens.made(made, admin.language, zone: try await library.zone())),
            .show(try await invites(for: admin)),
        ]
    }

    func invites(for admin: Member) async throws(ChangeFailure) -> Screen {
        let running = try await club.invitations.running(for: admin)
        return inviteScreens.list(
            Array(running.prefix(Self.shown)),
            admin.language,
            zone: try await library.zone()
        )
    }

    func revokeInvite(
        _ id: InviteID,
        _ tap: Tap,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        try await club.invitations.revoke(id, by: admin, cause: cause)
        return [done(tap), .change(tap.message, try await invites(for: admin))]
    }

    /// Somebody has opened an invite's link. Who is in the club already is greeted.
    func join(payload: String, _ person: Person, cause: Cause) async throws(ChangeFailure) -> Screen {
        let before = try await directory.find(.telegram(person.telegramID))
        let member = try await club.invitations.redeem(payload: payload, by: person, cause: cause)
        guard before?.isActive != true else { return people.welcomeBack(member) }
        return try await greeting(people.welcome(member), of: member)
    }

    private var inviteScreens: InviteScreens { InviteScreens(phrases: phrases, addresses: episodes.addresses) }
}
