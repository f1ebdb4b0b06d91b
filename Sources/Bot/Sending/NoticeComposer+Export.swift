import Domain
import Foundation

extension NoticeComposer {
    /// A person's data as a file, put together now.
    /// - Returns: nil where the person is not known any more.
    func export(of id: MemberID) async throws(ChangeFailure) -> Reply? {
        let words = { (entry: InboxEntry) -> String? in
            let update = try? TelegramAPI.decoder().decode(TelegramUpdate.self, from: entry.payload)
            return update?.message?.text ?? update?.message?.caption ?? update?.callbackQuery?.data
        }
        guard let person = try await directory.find(.id(id)),
            let contents = try await conversation.club.privacy.export(of: id, words: words)
        else { return nil }
        return .file(
            name: "fomo-\(id).json",
            contents: contents,
            caption: phrases.html(PersonalPhrase.exportCaption, person.language)
        )
    }
}
