import Domain
import Foundation

/// Brings in the predecessor's people, one after another.
///
/// Who has a Telegram account there is an active member here; who has none comes in without one, and an admin links
/// them later. The old owner becomes the owner where the club has none and the settings name nobody else, else an
/// admin.
struct PeopleImport {
    let work: LegacyImport
    private let progress: ProgressImport
    /// Who is who here, by the ids of the predecessor's.
    private(set) var authors: [String: MemberID] = [:]
    private var seen: Set<MemberID> = []
    private var accounts: [TelegramUserID: MemberID] = [:]
    /// In a dry run, who would have become the owner.
    private var wouldBeOwner: MemberID?

    /// `settings`: the club's.
    init(work: LegacyImport, settings: ClubSettings) {
        self.work = work
        progress = ProgressImport(work: work, settings: settings)
    }

    /// `document`: nil where it cannot be read.
    mutating func take(_ document: LegacyDocument?, _ report: inout ImportReport) async throws(ImportFault) {
        guard let document else { return report.note(.unreadable, "users") }
        let user = LegacyUser(document)
        guard let identity = user.identities.first else { return report.note(.withoutID, "users") }
        report.note(.avatars, identity, where: user.hasAvatar)
        let id = work.identities.member(identity)
        guard seen.insert(id).inserted else { return report.note(.doubleUsers, identity) }
        if let telegramID = user.telegramID {
            if let first = accounts[telegramID] {
                know(user, as: first)
                return report.note(.doubleAccounts, identity)
            }
            accounts[telegramID] = id
        }
        let known = try await work.naming { () throws(StoreError) in try await work.store.members.find(.id(id)) }
        if let known {
            know(user, as: id)
            report.note(.knownMembers, identity)
            return try await progress.take(user, of: known, identity, &report)
        }
        if let other = try await holder(of: user.telegramID) {
            know(user, as: other.id)
            if let telegramID = user.telegramID { accounts[telegramID] = other.id }
            report.note(.knownAccounts, identity)
            return try await progress.take(user, of: other, identity, &report)
        }
        know(user, as: id)
        let role = try await role(of: user, id)
        report.note(.ownerAsAdmin, identity, where: user.role == .owner && role != .owner)
        let member = member(user, id, role)
        try await keep(member)
        // An admin needs the id that the person has here.
        if user.telegramID == nil {
            report.note(.claimableMembers, id.rawValue)
        } else {
            report.note(.members, identity)
        }
        try await progress.take(user, of: member, identity, &report)
    }

    private mutating func know(_ user: LegacyUser, as id: MemberID) {
        for identity in user.identities where authors[identity] == nil { authors[identity] = id }
    }

    private func holder(of telegramID: TelegramUserID?) async throws(ImportFault) -> Member? {
        guard let telegramID else { return nil }
        return try await work.naming { () throws(StoreError) in
            try await work.store.members.find(.telegram(telegramID))
        }
    }

    private func member(_ user: LegacyUser, _ id: MemberID, _ role: Role) -> Member {
        let createdAt = user.createdAt ?? user.joinedAt ?? work.clock.now
        guard let telegramID = user.telegramID else {
            var member = Member(
                id: id,
                name: user.name ?? "",
                username: user.username,
                language: work.options.language,
                role: role,
                createdAt: createdAt
            )
            member.joinedAt = user.joinedAt
            return member
        }
        let person = Person(
            telegramID: telegramID,
            name: user.name ?? "",
            username: user.username,
            language: work.options.language
        )
        var member = Member(id: id, person: person, role: role, membership: .active, now: createdAt)
        member.joinedAt = user.joinedAt ?? createdAt
        return member
    }

    private func keep(_ member: Member) async throws(ImportFault) {
        guard !work.options.isDryRun else { return }
        _ = try await work.change(work.store.members, .id(member.id), cause: "member:\(member.id)") { $0 ?? member }
    }

    // MARK: The owner

    private mutating func role(of user: LegacyUser, _ id: MemberID) async throws(ImportFault) -> Role {
        guard user.role == .owner else { return user.role }
        guard let telegramID = user.telegramID, (work.options.owner ?? telegramID) == telegramID else { return .admin }
        return try await becomesOwner(id) ? .owner : .admin
    }

    /// Makes the club this person's where it has no owner. Done before the person is stored: after a crash between,
    /// the next import finds the club waiting for them.
    private mutating func becomesOwner(_ id: MemberID) async throws(ImportFault) -> Bool {
        let owners = try await work.naming { () throws(StoreError) in
            try await work.store.members.active(atLeast: .owner)
        }
        guard owners.isEmpty else { return false }
        if work.options.isDryRun {
            let settings = try await work.naming { () throws(StoreError) in try await work.store.settings.find(.club) }
            wouldBeOwner = wouldBeOwner ?? settings?.ownerID ?? id
            return wouldBeOwner == id
        }
        return try await work.change(work.store.settings, .club, cause: "owner:\(id)") { settings in
            var settings = settings ?? ClubSettings()
            settings.ownerID = settings.ownerID ?? id
            return settings
        }.ownerID == id
    }
}
