import Foundation

/// The group in which the admins work.
public struct AdminsChat: Sendable {
    private let store: any ClubStore

    public init(store: any ClubStore) {
        self.store = store
    }

    /// The group, or nil where the admins are told privately.
    public func current() async throws(ChangeFailure) -> ChatID? {
        try await reading { () throws(StoreError) in try await store.settings.find(.club)?.adminsChatID }
    }

    /// Makes a group the admins' chat.
    /// - Throws: `.notAllowed` where `member` is no admin.
    public func set(_ chat: ChatID, by member: Member, cause: Cause) async throws(ChangeFailure) {
        guard member.isActive, member.isAdmin else { throw .refused(.notAllowed) }
        try await change(cause) { $0.adminsChatID = chat }
    }

    /// The messenger has made another group of it.
    public func moved(from old: ChatID, to new: ChatID) async throws(ChangeFailure) {
        guard try await current() == old else { return }
        try await change(Cause(rawValue: "moved:\(old):\(new)")) { $0.adminsChatID = new }
    }

    /// The bot cannot write there any more: from now on the admins are told privately.
    public func lost(_ chat: ChatID, cause: Cause) async throws(ChangeFailure) {
        guard try await current() == chat else { return }
        try await change(cause) { if $0.adminsChatID == chat { $0.adminsChatID = nil } }
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
