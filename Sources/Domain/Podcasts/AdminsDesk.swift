import Foundation

/// Where admins are told about recordings: in their chat where there is one, else each of them privately.
struct AdminsDesk: Sendable {
    /// The admins' chat, or nil.
    var chat: ChatID?
    /// Who is told where there is none.
    var admins: [Member]
    /// Who posted what it is about, where that is known, they can be written to and are no admin.
    var poster: Member?

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
    /// overlooked. The poster is told what they can mend.
    func missed(_ recording: RecordingID, _ podcast: Podcast, _ cause: Cause) -> [OutboxDraft] {
        let key = "not-fetched:\(recording):\(cause)"
        let told = tell(.recordingNotFetched(podcast.id, recording), key: key)
        guard let poster, podcast.isPostersBusiness(recording) else { return told }
        let notice = Notice.ownRecordingMissed(podcast.id, recording)
        let own = OutboxDraft(key: "\(key):\(poster.id)", to: poster, notice: notice)
        return told + [own].compactMap { $0 }
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

    /// As `desk()`, with the poster of the episode that `key` names.
    func desk(about key: Podcast.Key) async throws(ChangeFailure) -> AdminsDesk {
        var desk = try await desk()
        guard let podcast = try await find(key), let poster = try await directory.poster(of: podcast),
            poster.isActive, poster.isReachable, !poster.isAdmin
        else { return desk }
        desk.poster = poster
        return desk
    }
}

extension Podcast {
    /// Whether whoever posted a recording can do something about its not being fetched.
    fileprivate func isPostersBusiness(_ recording: RecordingID) -> Bool {
        guard case .messengerOnly(let reason) = recordings.first(where: { $0.id == recording })?.media else {
            return false
        }
        switch reason {
        case .tooLarge, .notSound, .damaged, .gone: return true
        case .unreadable, .onlyPostKnown: return false
        }
    }
}
