import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/library` and `/podcast/{id}`: looking around and listening.
struct LibraryPages: Sendable {
    /// How many episodes a page has.
    private static let pageSize = 20
    /// How many of the club's tags are shown.
    private static let shownTags = 12

    private struct LibraryView {
        var query: String
        var tag: String?
        var tagLine: String?
        var count: String
        /// The newest episode, shown large at the top of the library.
        var latest: EpisodeView?
        var episodes: [EpisodeView]
        var tags: [EpisodeView.TagView]
        var isFiltered: Bool
        var isEmpty: Bool
        var hasNothing: Bool
        var isBeyondEnd: Bool
        var moreLink: String?
        var firstLink: String?
        var botLink: String
    }

    private struct PodcastView {
        var episode: EpisodeView
        /// The address of its picture, where it was given one.
        var cover: String?
        var recordings: [EpisodeView.RecordingView]
        var chapters: [EpisodeView.ChapterView]
        var paragraphs: [SummaryText.Paragraph]
        var isUnpublished: Bool
        var hasAudio: Bool
        var thanks: [ThanksView]
        var botLink: String
    }

    let services: WebServices
    let pages: Pages
    let addresses: MediaAddresses

    func add(to routes: inout RouteTable) {
        routes.pages(.get, "/") { _, _, _ in .seeOther("/library") }
        routes.pages(.get, "/library", library)
        routes.pages(.get, "/podcast/{id}", podcast)
    }

    @Sendable private func library(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let search: PodcastSearch
        do {
            search = try PodcastSearch(fields, limit: Self.pageSize)
        } catch Refusal.nothingToSearch {
            // Whoever typed marks only finds everything, as if nothing had been typed.
            return .seeOther("/library")
        }
        let page = try await services.library.list(search.query, from: search.start, limit: search.limit)
        let count = try await services.library.count(search.query)
        let zone = try await services.library.zone()
        let listens = try await services.listening.listens(asker.member.id, to: page.items.map(\.id))
        var episodes = page.items.map { podcast in
            EpisodeView(
                podcast,
                chosenTag: search.tag,
                listen: listens[podcast.id],
                zone: zone,
                phrases: services.phrases,
                language: context.language
            )
        }
        let isFiltered = !search.text.isEmpty || search.tag != nil
        let latest = !isFiltered && search.start == .first && !episodes.isEmpty ? episodes.removeFirst() : nil
        let isEmpty = page.items.isEmpty
        let view = LibraryView(
            query: search.text,
            tag: search.tag,
            tagLine: search.tag.map { pages.text(.libraryTag, context, ["tag": $0]) },
            count: pages.text(isFiltered ? .libraryFound : .libraryCount, context, count: count),
            latest: latest,
            episodes: episodes,
            tags: try await tags(chosen: search.tag),
            isFiltered: isFiltered,
            isEmpty: isEmpty && !isFiltered && search.start == .first,
            hasNothing: isEmpty && isFiltered && search.start == .first,
            isBeyondEnd: isEmpty && search.start != .first,
            moreLink: page.next.map { search.address(from: $0) },
            firstLink: search.start == .first ? nil : search.address(from: nil),
            botLink: pages.bot.link("library").absoluteString
        )
        return .page(pages.render(.library, title: pages.text(.libraryTitle, context), view, context))
    }

    @Sendable private func podcast(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = PodcastID(rawValue: try context.parameters.require("id"))
        let podcast = try await services.library.podcast(.id(id), for: asker.member)
        let zone = try await services.library.zone()
        let view = PodcastView(
            episode: EpisodeView(podcast, zone: zone, phrases: services.phrases, language: context.language),
            cover: podcast.coverPath.map { addresses.address(of: $0, for: asker.member.id) },
            recordings: podcast.recordings.indices.map { recording($0, of: podcast, asker.member, context) },
            chapters: podcast.chapters.map { EpisodeView.ChapterView($0, of: podcast) },
            paragraphs: SummaryText(podcast.summary).paragraphs,
            isUnpublished: podcast.status != .published,
            hasAudio: podcast.recordings.contains(where: \.isReady),
            thanks: try await ThanksView.list(for: podcast.id, services, asker.member, context.language),
            botLink: pages.bot.link(ClubAddresses.episodePrefix + podcast.id.rawValue).absoluteString
        )
        return .page(pages.render(.podcast, title: podcast.title, view, context))
    }

    private func recording(
        _ index: Int,
        of podcast: Podcast,
        _ member: Member,
        _ context: WebContext
    ) -> EpisodeView.RecordingView {
        let recording = podcast.recordings[index]
        let isOne = podcast.recordings.count == 1
        let place = ["number": String(index + 1), "total": String(podcast.recordings.count)]
        let part = isOne ? nil : pages.text(.podcastPart, context, place)
        var isMessengerOnly = false
        if case .messengerOnly = recording.media { isMessengerOnly = true }
        return EpisodeView.RecordingView(
            id: recording.id.rawValue,
            part: part,
            title: part.map { "\(podcast.title) – \($0)" } ?? podcast.title,
            length: recording.duration.map(PlayingTime.clock),
            audio: recording.isReady ? addresses.audio(of: recording, at: recording.audioPath, for: member.id) : nil,
            original: recording.isReady ? addresses.original(of: recording.audioPath, for: member.id) : nil,
            start: Self.start(of: index, in: podcast).map(String.init),
            wave: recording.rendition.map { WaveformPicture.path(of: $0.waveform) },
            isOnItsWay: recording.media == .awaited,
            isMessengerOnly: isMessengerOnly
        )
    }

    /// The tags of most episodes, and the chosen one where it is none of these.
    private func tags(chosen: String?) async throws -> [EpisodeView.TagView] {
        var names = try await services.library.tags(from: 0, limit: Self.shownTags).map(\.tag)
        if let chosen, SearchTokeniser.tag(chosen) != nil, !names.contains(chosen) { names.insert(chosen, at: 0) }
        return names.map { EpisodeView.TagView(name: $0, chosen: chosen) }
    }

    /// Seconds to the beginning of the recording with this index; nil where an earlier one's length is not known.
    private static func start(of index: Int, in podcast: Podcast) -> Int64? {
        var start = Duration.zero
        for recording in podcast.recordings.prefix(index) {
            guard let duration = recording.duration else { return nil }
            start += duration
        }
        return start.wholeSeconds
    }
}
