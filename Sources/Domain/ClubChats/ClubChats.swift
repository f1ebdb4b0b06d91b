import Foundation

/// The club's channel and group, and the people who are members by being there.
///
/// It asks the messenger nothing by itself: what has to be asked is written down as a `MembershipCheck`, and somebody with a
/// `MembershipProbe` carries it out.
public struct ClubChats: Sendable {
    /// Told when a check of urgency `.now` was stored.
    public let checkWanted = Wakeup()

    let store: any ClubStore
    let directory: MemberDirectory
    let clock: any ClubClock
    let ids: IDSource

    public init(store: any ClubStore, directory: MemberDirectory, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.ids = ids
    }

    func settings() async throws(ChangeFailure) -> ClubSettings {
        try await reading { () throws(StoreError) in try await store.settings.find(.club) ?? ClubSettings() }
    }

    // MARK: Places

    /// Remembers where the recording channel is and how it is called.
    public func learn(channel place: ChatPlace) async throws(ChangeFailure) {
        guard try await settings().clubChannel != place else { return }
        let cause = Cause(rawValue: "channel:\(place.chat):\(Timestamp.milliseconds(clock.now))")
        try await change(cause) { $0.clubChannel = place }
    }

    /// Remembers the channel in which shows are announced; nil: the recording channel.
    public func learn(notifications place: ChatPlace?) async throws(ChangeFailure) {
        guard try await settings().notificationsChannel != place else { return }
        let name = place.map { "\($0.chat)" } ?? "recordings"
        let cause = Cause(rawValue: "notifications:\(name):\(Timestamp.milliseconds(clock.now))")
        try await change(cause) { $0.notificationsChannel = place }
    }

    /// Makes a group the club's.
    /// - Throws: `.notAllowed` where `member` is no admin.
    public func setGroup(_ place: ChatPlace, by member: Member, cause: Cause) async throws(ChangeFailure) {
        guard member.isAdmin else { throw .refused(.notAllowed) }
        let pen = directory.pen(of: member)
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            let before = settings.clubGroup
            settings.clubGroup = place
            return Change(settings, audit: pen.chatChanged("club_group", from: before?.chat, to: place.chat))
        }
    }

    /// The club has no group any more, and nobody comes in by one. Who came in by it stays.
    /// - Throws: `.notAllowed` where `member` is no admin.
    public func forgetGroup(by member: Member, cause: Cause) async throws(ChangeFailure) {
        guard member.isAdmin else { throw .refused(.notAllowed) }
        let pen = directory.pen(of: member)
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            let before = settings
            settings.clubGroup = nil
            settings.joining.remove(.group)
            let entries =
                pen.chatChanged("club_group", from: before.clubGroup?.chat, to: nil)
                + pen.joiningChanged(from: before.joining, to: settings.joining)
            return Change(settings, audit: entries)
        }
    }

    /// The messenger has made another group of it.
    public func moved(from old: ChatID, to new: ChatID) async throws(ChangeFailure) {
        guard try await settings().clubGroup?.chat == old else { return }
        try await change(Cause(rawValue: "group-moved:\(old):\(new)")) { settings in
            if settings.clubGroup?.chat == old { settings.clubGroup?.chat = new }
        }
    }

    /// The bot sees no more who comes into a chat and goes. Where that is a chat through which people come in, the
    /// admins are told; a group that the bot is not in any more (`isOut`) is forgotten.
    public func outOfSight(_ chat: ChatID, isOut: Bool, cause: Cause) async throws(ChangeFailure) {
        let settings = try await settings()
        guard let clubChat = settings.clubChat(of: chat) else { return }
        if settings.joining.contains(clubChat.mode) {
            try await tellAdmins(.clubChatOutOfSight(clubChat), key: "out-of-sight:\(cause)")
        }
        guard isOut, clubChat == .group else { return }
        try await change(cause) { if $0.clubGroup?.chat == chat { $0.clubGroup = nil } }
    }

    /// As `outOfSight`, found while checking: told once a day at most.
    public func cannotSee(_ clubChat: ClubChat) async throws(ChangeFailure) {
        let day = Timestamp.milliseconds(clock.now) / (24 * 3_600_000)
        try await tellAdmins(.clubChatOutOfSight(clubChat), key: "out-of-sight:\(clubChat.rawValue):\(day)")
    }

    func tellAdmins(_ notice: Notice, key: String) async throws(ChangeFailure) {
        let drafts = try await directory.admins().compactMap { admin in
            OutboxDraft(key: "\(key):\(admin.id)", to: admin, notice: notice)
        }
        let now = clock.now
        try await reading { () throws(StoreError) in try await store.outbox.append(drafts, now: now) }
    }

    private func change(
        _ cause: Cause,
        _ edit: @escaping @Sendable (inout ClubSettings) -> Void
    ) async throws(ChangeFailure) {
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            edit(&settings)
            return Change(settings)
        }
    }
}
