import Foundation

extension Privacy {
    /// How long each list may be; the first length is taken whose document is small enough.
    private static let listLengths = [1_000, 100, 10]
    /// Largest document, in bytes.
    static let largestExport = 8 << 20

    /// What the club keeps about a person at this moment, as a JSON document of `largestExport` bytes at most.
    /// - `words`: What a person wrote, taken out of an update; the messenger's adapter can read it.
    /// - Returns: nil where the person is not known, or was forgotten.
    public func export(
        of id: MemberID,
        words: (InboxEntry) -> String?
    ) async throws(ChangeFailure) -> Data? {
        for length in Self.listLengths {
            guard let export = try await document(of: id, length: length, words: words) else { return nil }
            guard let data = try? export.json() else { break }
            if data.count <= Self.largestExport { return data }
        }
        throw .store(.corrupt(collection: Member.collection, detail: "what is kept of a member cannot be written"))
    }

    private func document(
        of id: MemberID,
        length: Int,
        words: (InboxEntry) -> String?
    ) async throws(ChangeFailure) -> MemberExport? {
        guard let member = try await directory.find(.id(id)), member.forgottenAt == nil else { return nil }
        let traces = try await reading { () throws(StoreError) in
            try await store.traces.traces(of: TracedPerson(member), limit: length)
        }
        let episodes = try await episodes(of: id, limit: length)
        return MemberExport(
            madeAt: clock.now,
            longestList: length,
            you: MemberExport.About(member),
            settings: MemberExport.Settings(member),
            signedIn: traces.sessions.map(MemberExport.SignedIn.init) + traces.links.map(MemberExport.SignedIn.init),
            episodes: episodes.map(MemberExport.Episode.init),
            shows: try await shows(of: id, limit: length).map { MemberExport.Show($0, of: id) },
            answers: try await answers(of: id, limit: length).map(MemberExport.Answer.init),
            thanks: try await thanks(of: id, limit: length).map { MemberExport.Thank($0, of: id) },
            invites: try await invites(of: id, limit: length),
            rooms: try await rooms(of: id, limit: length),
            listening: try await listening(of: id, limit: length),
            progress: try await progress(of: id, limit: length),
            messages: traces.messages.map(MemberExport.Message.init),
            notifications: traces.notifications.map { told in
                MemberExport.Told(at: told.createdAt, kind: told.notice.name, readAt: told.readAt)
            },
            updates: traces.updates.map { MemberExport.Update(at: $0.receivedAt, text: words($0)) },
            journal: try await journal(of: id, limit: length)
        )
    }

    private func invites(of id: MemberID, limit: Int) async throws(ChangeFailure) -> [MemberExport.Invitation] {
        let now = clock.now
        let running = try await reading { () throws(StoreError) in
            // A little of the past belongs to it: they are kept a day longer than they run.
            try await store.invites.running(now: now.addingTimeInterval(-86_400), limit: Self.searchLimit)
        }
        return running.filter { $0.createdBy == id || $0.redeemedBy.contains(id) }.prefix(limit).map { invite in
            let isOwn = invite.createdBy == id
            return MemberExport.Invitation(
                id: invite.id.rawValue,
                madeByYou: isOwn,
                madeAt: invite.createdAt,
                expiresAt: invite.endsAt,
                quota: isOwn ? invite.quota : nil,
                used: isOwn ? invite.redeemedBy.count : nil
            )
        }
    }

    private func journal(of id: MemberID, limit: Int) async throws(ChangeFailure) -> [MemberExport.Entry] {
        try await reading { () throws(StoreError) in
            var found: [MemberExport.Entry] = []
            var (cursor, seen) = (PageCursor?.none, 0)
            while seen < Self.searchLimit, found.count < limit {
                let page = try await store.audit.list(after: cursor, limit: 500)
                for entry in page.items where entry.actor == id || entry.subject == .member(id) {
                    found.append(
                        MemberExport.Entry(
                            at: entry.at,
                            action: entry.action.rawValue,
                            byYou: entry.actor == id,
                            aboutYou: entry.subject == .member(id),
                            details: entry.details
                        )
                    )
                }
                seen += page.items.count
                guard let next = page.next else { break }
                cursor = next
            }
            return Array(found.prefix(limit))
        }
    }
}

extension MemberExport.About {
    fileprivate init(_ member: Member) {
        self.init(
            userID: member.id.rawValue,
            telegramID: member.telegramID?.rawValue,
            name: member.name,
            username: member.username,
            language: member.language.rawValue,
            role: member.role.rawValue,
            membership: member.membership.rawValue,
            canBeWrittenTo: member.isReachable,
            knownSince: member.createdAt,
            requestedAt: member.requestedAt,
            requestApproved: member.decision?.isApproved,
            decidedAt: member.decision?.at,
            joinedAt: member.joinedAt,
            exportedAt: member.exportedAt,
            signedOutAt: member.signedOutAt
        )
    }
}

extension MemberExport.Settings {
    fileprivate init(_ member: Member) {
        let settings = member.settings
        let kinds = NoticeKind.allCases.filter { $0.leastRole <= member.role }
        self.init(
            language: settings.language?.rawValue,
            notices: Dictionary(uniqueKeysWithValues: kinds.map { ($0.rawValue, settings.wants($0)) }),
            quietHours: settings.quietHours?.description,
            timeZone: settings.timeZone,
            hidden: settings.isHidden
        )
    }
}

extension MemberExport.SignedIn {
    fileprivate init(_ session: AuthSession) {
        let until = min(session.endedAt ?? session.expiresAt, session.expiresAt)
        self.init(way: session.way.rawValue, device: session.device, at: session.createdAt, until: until)
    }

    fileprivate init(_ link: SignInLink) {
        let way = link.room == nil ? "link_waiting" : "speak_link"
        self.init(way: way, device: link.device, at: nil, until: link.expiresAt)
    }
}

extension MemberExport.Episode {
    fileprivate init(_ podcast: Podcast) {
        self.init(
            id: podcast.id.rawValue,
            title: podcast.title,
            status: podcast.status.rawValue,
            publishedAt: podcast.publishedAt
        )
    }
}

extension MemberExport.Show {
    fileprivate init(_ show: LiveSession, of member: MemberID) {
        self.init(
            id: show.id.rawValue,
            title: show.title,
            status: show.status.rawValue,
            isYours: show.host == member,
            startsAt: show.startsAt
        )
    }
}

extension MemberExport.Answer {
    fileprivate init(_ rsvp: RSVP) {
        self.init(
            show: rsvp.session.rawValue,
            coming: rsvp.isComing,
            reminders: rsvp.wantsReminders,
            at: rsvp.updatedAt
        )
    }
}

extension MemberExport.Message {
    fileprivate init(_ record: OutboxRecord) {
        let kind =
            switch record.draft.body {
            case .notice(let notice): notice.name
            case .prepared: "answer"
            }
        self.init(at: record.createdAt, kind: kind, state: record.state.rawValue)
    }
}

extension Notice {
    /// What it is called where it is stored, without what it is about.
    fileprivate var name: String {
        let object = (try? DocumentJSON.encode(self)).flatMap { try? JSONSerialization.jsonObject(with: $0) }
        return (object as? [String: Any])?.keys.first ?? "notice"
    }
}
