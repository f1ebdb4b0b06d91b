import Foundation

/// The club's settings, as admins read and change them.
public struct ClubOffice: Sendable {
    private let store: any ClubStore
    private let clock: any ClubClock
    private let ids: IDSource

    public init(store: any ClubStore, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// What the club has decided about itself; for the program, and for people of whom it is known that they may.
    public func settings() async throws(ChangeFailure) -> ClubSettings {
        try await reading { () throws(StoreError) in try await store.settings.find(.club) ?? ClubSettings() }
    }

    /// - Throws: `.notAllowed` where `admin` is none.
    public func settings(for admin: Member) async throws(ChangeFailure) -> ClubSettings {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        return try await settings()
    }

    /// Sets the zone of the club's dates.
    /// - Throws: `.notAllowed`; `.unknownTimeZone` where this machine does not know the IANA name.
    public func setTimeZone(_ name: String, by admin: Member, cause: Cause) async throws(ChangeFailure) -> ClubSettings
    {
        guard TimeZone.knownTimeZoneIdentifiers.contains(name) else { throw .refused(.unknownTimeZone) }
        return try await change("time_zone", \.timeZone, { $0 }, by: admin, cause: cause) { $0 = name }
    }

    /// Sets the language of people who do not say theirs; nil: the machine's setting holds.
    /// - Throws: `.notAllowed`.
    public func setLanguage(
        _ language: Language?,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> ClubSettings {
        try await change("language", \.language, { $0?.rawValue ?? "-" }, by: admin, cause: cause) { $0 = language }
    }

    /// Opens or closes a way into the club.
    /// - Throws: `.notAllowed`; `.noClubGroup` where people are to come in by a group that is not known.
    public func setJoining(
        _ mode: JoiningMode,
        isOpen: Bool,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> ClubSettings {
        if isOpen, mode == .group, admin.isAdmin, try await settings().clubGroup == nil { throw .refused(.noClubGroup) }
        return try await change("joining", \.joining, Self.text, by: admin, cause: cause) { joining in
            if isOpen { joining.insert(mode) } else { joining.remove(mode) }
        }
    }

    /// Says whether members may send recordings to chats outside of the club.
    /// - Throws: `.notAllowed`.
    public func setSharesAudio(
        _ isAllowed: Bool,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> ClubSettings {
        try await change("shares_audio", \.sharesAudio, { $0 ? "yes" : "no" }, by: admin, cause: cause) {
            $0 = isAllowed
        }
    }

    /// Says whether members bear their level as a tag in the club's group. Switched on, it is tried anew whatever the
    /// messenger said before.
    /// - Throws: `.notAllowed`; `.noClubGroup` where no group is known.
    func setTagsLevels(_ isOn: Bool, by admin: Member, cause: Cause) async throws(ChangeFailure) -> ClubSettings {
        if isOn, admin.isAdmin, try await settings().clubGroup == nil { throw .refused(.noClubGroup) }
        return try await change("tags_levels", \.tagChoice, { $0.isOn ? "yes" : "no" }, by: admin, cause: cause) {
            $0 = ClubSettings.TagChoice(isOn: isOn, refusedAt: nil)
        }
    }

    /// Adds a reaction to those that rooms take, or takes it away. Rooms that are open keep theirs.
    /// - Throws: `.notAllowed`; `.room(.unknownReaction)` where it is none of `Room.offeredReactions`;
    ///   `.lastReaction` where none would be left.
    public func setReaction(
        _ emoji: String,
        isOn: Bool,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> ClubSettings {
        guard Room.offeredReactions.contains(emoji) else { throw .refused(.room(.unknownReaction)) }
        if !isOn, admin.isAdmin, try await settings().reactions == [emoji] { throw .refused(.lastReaction) }
        let separated: @Sendable ([String]) -> String = { $0.joined(separator: " ") }
        return try await change("reactions", \.reactions, separated, by: admin, cause: cause) { reactions in
            let chosen = Set(isOn ? reactions + [emoji] : reactions.filter { $0 != emoji })
            if !chosen.isEmpty { reactions = Room.offeredReactions.filter(chosen.contains) }
        }
    }

    /// Says who may raise a hand in shows that are planned from now on, where their hosts say nothing else.
    /// - Throws: `.notAllowed`; `.handLevelOutOfRange`.
    public func setHandPolicy(
        _ policy: HandPolicy,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> ClubSettings {
        do throws(Refusal) { _ = try policy.checked() } catch { throw .refused(error) }
        return try await change("hand_policy", \.handPolicy, { $0.rawValue }, by: admin, cause: cause) { $0 = policy }
    }

    @Sendable static func text(_ modes: Set<JoiningMode>) -> String {
        modes.map(\.rawValue).sorted().joined(separator: ", ")
    }

    private func change<Value: Equatable & Sendable>(
        _ setting: String,
        _ path: any WritableKeyPath<ClubSettings, Value> & Sendable,
        _ text: @escaping @Sendable (Value) -> String,
        by admin: Member,
        cause: Cause,
        _ edit: @escaping @Sendable (inout Value) -> Void
    ) async throws(ChangeFailure) -> ClubSettings {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let pen = AuditPen(ids: ids, now: clock.now, actor: admin.id)
        return try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            let before = settings[keyPath: path]
            edit(&settings[keyPath: path])
            let value = settings[keyPath: path]
            guard before != value else { return Change(settings) }
            let details: [AuditDetail: String] = [.setting: setting, .from: text(before), .to: text(value)]
            return Change(settings, audit: [pen.entry(.settingsChanged, of: .club, details)])
        }.state
    }
}
