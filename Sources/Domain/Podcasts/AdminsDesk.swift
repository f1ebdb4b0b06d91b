import Foundation

/// Where admins are told about recordings: in their chat where there is one, else each of them privately.
struct AdminsDesk: Sendable {
    /// The admins' chat, or nil.
    var chat: ChatID?
    /// Who is told where there is none.
    var admins: [Member]

    /// A new episode.
    func published(_ podcast: Podcast, _ cause: Cause) -> [OutboxDraft] {
        chat == nil
            ? privately(.episodePublished(podcast.id), key: "published:\(podcast.id)") : progress(of: podcast, cause)
    }

    /// Something about an episode has changed: its card has to say so. Privately nobody is told.
    func progress(of podcast: Podcast, _ cause: Cause) -> [OutboxDraft] {
        guard let chat else { return [] }
        return [draft(.episodeCard(podcast.id), key: "card:\(podcast.id):\(cause)", to: chat)]
    }

    /// A recording was posted that an episode has already.
    func postedAgain(_ id: PodcastID, _ cause: Cause) -> [OutboxDraft] {
        tell(.episodePostedAgain(id), key: "posted-again:\(cause)")
    }

    /// A recording can be heard in the messenger only. The card in the chat says so as well, but an edit is easily
    /// overlooked.
    func missed(_ recording: RecordingID, _ podcast: Podcast, _ cause: Cause) -> [OutboxDraft] {
        tell(.recordingNotFetched(podcast.id, recording), key: "not-fetched:\(recording):\(cause)")
    }

    /// The channel has changed an episode.
    func changed(_ id: PodcastID, _ change: EpisodeChange, _ cause: Cause) -> [OutboxDraft] {
        tell(.episodeChanged(id, change), key: "changed:\(id):\(cause)")
    }

    private func tell(_ notice: Notice, key: String) -> [OutboxDraft] {
        guard let chat else { return privately(notice, key: key) }
        return [draft(notice, key: "\(key):\(chat)", to: chat)]
    }

    private func privately(_ notice: Notice, key: String) -> [OutboxDraft] {
        admins.compactMap { OutboxDraft(key: "\(key):\($0.id)", to: $0, notice: notice) }
    }

    private func draft(_ notice: Notice, key: String, to chat: ChatID) -> OutboxDraft {
        OutboxDraft(dedupeKey: key, chat: chat, lane: .alerts, body: .notice(notice))
    }
}

extension PodcastLibrary {
    /// The group in which admins are told.
    public var adminsChat: AdminsChat { AdminsChat(store: store, directory: directory) }

    /// Where admins are told at this moment.
    func desk() async throws(ChangeFailure) -> AdminsDesk {
        let settings = try await reading { () throws(StoreError) in try await store.settings.find(.club) }
        return AdminsDesk(chat: settings?.adminsChatID, admins: try await directory.admins())
    }
}
