import Foundation

/// The group in which the admins work.
public struct AdminsChat: Sendable {
    private let store: any ClubStore
    private let directory: MemberDirectory

    public init(store: any ClubStore, directory: MemberDirectory) {
        self.store = store
        self.directory = directory
    }

    /// The group, or nil where the admins are told privately.
    public func current() async throws(ChangeFailure) -> ChatID? {
        try await reading { () throws(StoreError) in try await store.settings.find(.club)?.adminsChatID }
    }

    /// Makes a group the admins' chat.
    /// - Throws: `.notAllowed` where `member` is no admin.
    public func set(_ place: ChatPlace, by member: Member, cause: Cause) async throws(ChangeFailure) {
        try await choose(place, by: member, cause: cause)
    }

    /// From now on the admins are told privately.
    /// - Throws: `.notAllowed` where `member` is no admin.
    public func forget(by member: Member, cause: Cause) async throws(ChangeFailure) {
        try await choose(nil, by: member, cause: cause)
    }

    private func choose(_ place: ChatPlace?, by member: Member, cause: Cause) async throws(ChangeFailure) {
        guard member.isActive, member.isAdmin else { throw .refused(.notAllowed) }
        try await change(cause, by: member) { $0.setAdminsChat(place) }
    }

    /// The messenger has made another group of it.
    public func moved(from old: ChatID, to new: ChatID) async throws(ChangeFailure) {
        guard try await current() == old else { return }
        try await change(Cause(rawValue: "moved:\(old):\(new)"), by: nil) { settings in
            if settings.adminsChatID == old { settings.adminsChatID = new }
        }
    }

    /// The bot cannot write there any more: from now on the admins are told privately.
    public func lost(_ chat: ChatID, cause: Cause) async throws(ChangeFailure) {
        guard try await current() == chat else { return }
        try await change(cause, by: nil) { if $0.adminsChatID == chat { $0.setAdminsChat(nil) } }
    }

    /// `member`: nil for the program itself.
    private func change(
        _ cause: Cause,
        by member: Member?,
        _ edit: @escaping @Sendable (inout ClubSettings) -> Void
    ) async throws(ChangeFailure) {
        let pen = directory.pen(of: member)
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            let before = settings.adminsChatID
            edit(&settings)
            return Change(settings, audit: pen.chatChanged("admins_chat", from: before, to: settings.adminsChatID))
        }
    }
}

extension ClubSettings {
    fileprivate mutating func setAdminsChat(_ place: ChatPlace?) {
        adminsChatID = place?.chat
        adminsChatTitle = place?.title
    }
}

extension AuditPen {
    /// That other ways into the club are open than before; nothing where they are the same.
    func joiningChanged(from old: Set<JoiningMode>, to new: Set<JoiningMode>) -> [AuditEntry] {
        guard old != new else { return [] }
        let (from, to) = (ClubOffice.text(old), ClubOffice.text(new))
        return [entry(.settingsChanged, of: .club, [.setting: "joining", .from: from, .to: to])]
    }

    /// That one of the club's chats is another one now, or none; nothing where it is the same.
    func chatChanged(_ setting: String, from old: ChatID?, to new: ChatID?) -> [AuditEntry] {
        guard old != new else { return [] }
        let text = { (chat: ChatID?) in chat.map { "\($0)" } ?? "–" }
        return [entry(.settingsChanged, of: .club, [.setting: setting, .from: text(old), .to: text(new)])]
    }
}
