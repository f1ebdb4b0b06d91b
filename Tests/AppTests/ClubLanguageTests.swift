import Bot
import Domain
import Foundation
import TestSupport
import Testing

@testable import App

/// What the program says in the language that the club has decided about.
struct ClubLanguageTests {
    @Test func `an episode without words is named in the club's language from the moment on that it is set`()
        async throws
    {
        let folder = TemporaryFolder()
        let club = try await ClubParts(
            store: .sqlite(folder.url.appending(path: "fomo.sqlite")),
            folder: DataFolder(folder.url),
            resources: Project.resources,
            phraseKeys: [],
            language: .ru,
            clock: ManualClock(),
            ids: Fixtures.ids(),
            logger: .silent
        )
        let admin = Fixtures.member(role: .admin)

        let before = try await club.library.receive(Fixtures.recordingPost(1, caption: ""), cause: Fixtures.cause(1))
        _ = try await club.services.office.setLanguage(.en, by: admin, cause: Fixtures.cause(2))
        let after = try await club.library.receive(Fixtures.recordingPost(2, caption: ""), cause: Fixtures.cause(3))

        for (podcast, language) in [(before, Language.ru), (after, .en)] {
            let day = Phrasebook.day(Fixtures.start, language: language, zone: ClubSettings().zone)
            let title = club.phrases.text(CommonPhrase.untitledEpisode, language, ["date": day])
            #expect(podcast.title == title)
        }
        await club.store.close()
    }
}
