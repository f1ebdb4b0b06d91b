import Foundation

/// Members' levels as their tags in the club's group.
///
/// Whoever has reached the second level bears its name; at the first one nobody bears a tag, and where the club does
/// not want tags the bot takes back those that it gave. What a tag is to be is decided when it is sent.
public struct LevelTags: Sendable {
    /// What the messenger is to be told.
    public struct Wanted: Equatable, Sendable {
        public var person: TelegramUserID
        /// Whose name is the tag; nil: no tag.
        public var level: Level?
    }

    /// The lowest level that is shown.
    static let lowest = Level.activeMember
    /// So many members are looked at in one step.
    private static let pageSize = 500

    private let store: any ClubStore
    private let office: ClubOffice
    private let clock: any ClubClock

    public init(store: any ClubStore, office: ClubOffice, clock: any ClubClock) {
        self.store = store
        self.office = office
        self.clock = clock
    }

    /// Switches tags on or off, and lets the messenger be told of everybody whom it concerns.
    /// - Throws: `.notAllowed`; `.noClubGroup` where no group is known.
    public func set(_ isOn: Bool, by admin: Member, cause: Cause) async throws(ChangeFailure) -> ClubSettings {
        let settings = try await office.setTagsLevels(isOn, by: admin, cause: cause)
        try await renewAll(in: settings, cause: cause)
        return settings
    }

    /// What lets the messenger be told of a member's tag.
    /// - Parameters:
    ///   - member: Who may bear another tag from now on.
    ///   - settings: The club's.
    ///   - mark: Names why: for the same mark it is told once.
    /// - Returns: nil where the club gives no tags.
    public static func draft(of member: Member, in settings: ClubSettings, mark: String) -> OutboxDraft? {
        guard settings.tagsLevels, settings.tagsRefusedAt == nil else { return nil }
        return telling(of: member, in: settings, mark: mark)
    }

    /// Somebody has come into a chat. Where it is the club's group, they get the tag of their level.
    public func entered(_ person: TelegramUserID, _ chat: ChatID, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        try await reading { () throws(StoreError) in
            let settings = try await store.settings.find(.club) ?? ClubSettings()
            guard settings.tagsLevels, settings.clubGroup?.chat == chat,
                let member = try await store.members.find(.telegram(person)),
                try await bearers(among: [member]).contains(member),
                let draft = Self.draft(of: member, in: settings, mark: "\(cause)")
            else { return }
            try await store.outbox.append([draft], now: now)
        }
    }

    /// What the messenger is to be told of a member at this moment; nil: nothing.
    public func wanted(for id: MemberID, in chat: ChatID) async throws(ChangeFailure) -> Wanted? {
        try await reading { () throws(StoreError) in
            let settings = try await store.settings.find(.club) ?? ClubSettings()
            guard settings.clubGroup?.chat == chat, settings.tagsRefusedAt == nil,
                let member = try await store.members.find(.id(id)), let person = member.telegramID
            else { return nil }
            guard settings.tagsLevels, member.isActive else { return Wanted(person: person, level: nil) }
            let level = Level(xp: try await store.ledger.sums(of: [id])[id]?.xp ?? 0)
            return Wanted(person: person, level: level < Self.lowest ? nil : level)
        }
    }

    /// The messenger says that the bot may not give tags. Nothing more is tried until an admin switches them on again;
    /// the admins are told once.
    public func refused(in chat: ChatID, now: Date) async throws(ChangeFailure) {
        let admins = try await reading { () throws(StoreError) in try await store.members.active(atLeast: .admin) }
        let cause = Cause(rawValue: "tags-refused:\(chat):\(Timestamp.milliseconds(now))")
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            guard settings.tagsLevels, settings.clubGroup?.chat == chat, settings.tagsRefusedAt == nil else {
                return Change(settings)
            }
            settings.tagsRefusedAt = now
            let told = admins.compactMap { OutboxDraft(key: "\(cause):\($0.id)", to: $0, notice: .tagsNotAllowed) }
            return Change(settings, outbox: told)
        }
    }

    /// Tells of every active member who bears a tag, or bore one until now.
    private func renewAll(in settings: ClubSettings, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        try await reading { () throws(StoreError) in
            var start = PageStart.first
            while true {
                let page = try await store.members.list(.active, from: start, limit: Self.pageSize)
                let drafts = try await bearers(among: page.items).compactMap { member in
                    Self.telling(of: member, in: settings, mark: "\(cause)")
                }
                if !drafts.isEmpty { try await store.outbox.append(drafts, now: now) }
                guard let next = page.next else { return }
                start = .after(next)
            }
        }
    }

    /// Those who have reached a level that is shown.
    private func bearers(among members: [Member]) async throws(StoreError) -> [Member] {
        let sums = try await store.ledger.sums(of: members.map(\.id))
        return members.filter { Level(xp: sums[$0.id]?.xp ?? 0) >= Self.lowest }
    }

    private static func telling(of member: Member, in settings: ClubSettings, mark: String) -> OutboxDraft? {
        guard let group = settings.clubGroup, member.telegramID != nil else { return nil }
        return OutboxDraft(
            dedupeKey: "tag:\(member.id):\(mark)",
            chat: group.chat,
            lane: .digests,
            body: .notice(.levelTag(member.id))
        )
    }
}
