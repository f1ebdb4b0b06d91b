/// The last numbered events of a room, for those who were away for a short time.
struct RoomHistory: Sendable {
    /// So many are kept; whoever missed more is given a snapshot.
    static let length = 512

    private(set) var events: [(seq: Int, fact: RoomFact)] = []

    mutating func add(_ fact: RoomFact, seq: Int) {
        if case .deleted(let id, _) = fact.news { forget { $0.id == id } }
        events.append((seq, fact))
        if events.count >= 2 * Self.length { events.removeFirst(events.count - Self.length) }
    }

    /// The events behind `seq`; nil where some of them are not kept any more.
    func since(_ seq: Int, last: Int) -> ArraySlice<(seq: Int, fact: RoomFact)>? {
        guard (0...last).contains(seq) else { return nil }
        guard seq < last else { return [] }
        guard let first = events.first, first.seq <= seq + 1 else { return nil }
        return events.suffix(last - seq)
    }

    /// Messages whose words are missing.
    var wordless: [RoomMessageID] {
        events.compactMap { event in
            guard let message = event.fact.news.message, message.words == nil else { return nil }
            return message.id
        }
    }

    mutating func fill(_ words: [RoomMessageID: RoomMessage.Words]) {
        for index in events.indices { events[index].fact = events[index].fact.filled(with: words) }
    }

    /// Leaves nothing of what a member wrote.
    mutating func forget(_ member: MemberID) {
        forget { $0.member == member }
    }

    private mutating func forget(where fits: (RoomMessage) -> Bool) {
        for index in events.indices where events[index].fact.news.message.map(fits) ?? false {
            events[index].fact = events[index].fact.withoutWords
        }
    }
}

extension RoomFact {
    /// With the words of its message, where they are among these.
    func filled(with words: [RoomMessageID: RoomMessage.Words]) -> RoomFact {
        changingMessage { message in
            var message = message
            message.words = words[message.id] ?? message.words
            return message
        }
    }

    var withoutWords: RoomFact { changingMessage(\.withoutWords) }

    private func changingMessage(_ change: (RoomMessage) -> RoomMessage) -> RoomFact {
        switch news {
        case .said(let message): return RoomFact(at: at, news: .said(message: change(message)))
        case .pinned(let message, let member):
            return RoomFact(at: at, news: .pinned(message: message.map(change), by: member))
        case .raised(var hand):
            hand.topic = hand.topic.map(change)
            return RoomFact(at: at, news: .raised(hand: hand))
        case .deleted, .lowered, .cleared, .invited, .uninvited, .promoted, .demoted, .moderated, .started, .ended,
            .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced,
            .visited, .lived:
            return self
        }
    }
}
