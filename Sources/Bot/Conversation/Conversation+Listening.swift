import Domain
import Foundation

/// Going on with what one was listening to.
extension Conversation {
    /// The episode that a member has listened to last, from where they stopped; the newest one where there is none.
    func goOn(_ member: Member) async throws(ChangeFailure) -> Screen {
        let language = member.language
        guard let last = try await club.listening.unfinished(of: member.id), let position = last.listen.position else {
            let latest = Screen.Control.tap(phrases.text(BotPhrase.buttonLatest, language), .latest(0))
            let library = Screen.Control.tap(phrases.text(BotPhrase.buttonLibrary, language), .list(Listing()))
            return Screen(text: phrases.html(BotPhrase.continueEmpty, language), rows: [[latest], [library]])
        }
        return episodes.goOn(
            last.podcast,
            from: position,
            channel: try await library.recordingChannel(),
            language,
            zone: try await library.zone()
        )
    }
}
