import Domain
import Foundation

extension NoticeComposer {
    /// The tag that a member is to bear in the club's group at this moment.
    /// - Returns: nil where nothing is to be done there.
    func tag(of id: MemberID, in chat: ChatID) async throws(ChangeFailure) -> Reply? {
        guard let wanted = try await conversation.club.levelTags.wanted(for: id, in: chat) else { return nil }
        guard let level = wanted.level else { return .tag(wanted.person, "") }
        let name = phrases.text(ProgressPhrase(level), await language.current())
        return .tag(wanted.person, String(name.prefix(SetChatMemberTag.tagLength)))
    }

    /// Telegram says that the bot may not give tags in a group.
    func tagsRefused(in chat: ChatID, now: Date) async throws(ChangeFailure) {
        try await conversation.club.levelTags.refused(in: chat, now: now)
    }
}
