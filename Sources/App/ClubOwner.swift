import Domain
import Foundation

/// Sees to it that the club gets an owner: the one whom the settings name, or whoever has the claim code.
struct ClubOwner {
    /// The file that holds the claim code where no terminal shows it.
    static let codeFile = "claim-code"

    let directory: MemberDirectory
    let ids: IDSource
    let language: Language

    /// The code by which the club may be claimed; nil where it has an owner or the settings name one.
    ///
    /// On a terminal it is shown and kept nowhere; else it is kept in the data folder.
    static func claimCode(
        hasOwner: Bool,
        settings: Settings,
        folder: DataFolder,
        console: Console,
        ids: IDSource
    ) throws(SettingsFault) -> String? {
        guard !hasOwner, settings.ownerTelegramID == nil, case .telegram = settings.club else {
            folder.remove(codeFile)
            return nil
        }
        guard console.isTerminal else { return try folder.secret(codeFile) { ids.secret() } }
        folder.remove(codeFile)
        return ids.secret()
    }

    /// Makes the person whom the settings name an owner. Their name comes with their first message.
    func ensure(_ id: TelegramUserID) async throws(ChangeFailure) {
        let owner = Person(telegramID: id, name: "", username: nil, language: language)
        try await directory.ensureOwner(owner, cause: Cause(rawValue: "owner:\(ids.secret())"))
    }
}
