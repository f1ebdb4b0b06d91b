import Foundation

/// Writing, reacting, thanking, and deciding who may write.
extension Room {
    func chat(
        _ text: String,
        clientID: String,
        isQuestion: Bool,
        by actor: RoomActor,
        now: Date
    ) throws(Refusal) -> [RoomEvent] {
        guard (1...RoomLimits.clientIDLength).contains(clientID.unicodeScalars.count) else {
            throw .room(.clientIDWrong)
        }
        if seq(ofClient: clientID, by: actor.id) != nil { return [] }
        let text = try Self.cleaned(text, limit: RoomLimits.messageLength, .messageTooLong)
        guard !text.isEmpty else { throw .room(.messageEmpty) }
        try checkMayWrite(actor)
        try checkPace(of: actor, now: now)
        let message = message(isQuestion ? .question : .chat, text, clientID: clientID, by: actor, now: now)
        return [.fact(now, .said(message: message))]
    }

    func react(_ emoji: String, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkLive()
        guard let known = reactionSet.first(where: { Self.bare($0) == Self.bare(emoji) }) else {
            throw .room(.unknownReaction)
        }
        try checkReactionPace(of: actor, now: now)
        let seen = RoomEvent.passing(.reacted(actor.id, known, at: now))
        guard state.notedReactions[actor.id, default: 0] < RoomLimits.reactionsNoted else { return [seen] }
        return [.fact(now, .reacted(member: actor.id, emoji: known)), seen]
    }

    /// A thank is a reaction to somebody, once from each. It is welcome for a day after the end, too.
    func support(_ speaker: MemberID, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        guard speaker != actor.id else { throw .room(.aboutOneself) }
        if case .ended(let end) = state.phase {
            guard now <= end.later(by: RoomLimits.supportLasts) else { throw .room(.over) }
        } else {
            try checkLive()
        }
        guard state.speakers.contains(speaker) else { throw .room(.neverSpoke) }
        guard !state.supports.contains(.init(by: actor.id, speaker: speaker)) else { return [] }
        try checkReactionPace(of: actor, now: now)
        return [.fact(now, .supported(member: speaker, by: actor.id))]
    }

    /// As for the message itself, where the room remembers it.
    /// - Throws: `.notFound` where it does not; `.notAllowed`.
    func delete(_ id: RoomMessageID, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        if let message = state.message(id) { return try delete(message, by: actor, now: now) }
        try checkModerator(actor)
        guard state.deleted.contains(id) else { throw .notFound }
        return []
    }

    /// Those who run the show take away any message, its author their own; nothing where it is gone already.
    func delete(_ message: RoomMessage, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        if message.member != actor.id { try checkModerator(actor) }
        guard message.words != nil, !state.deleted.contains(message.id) else { return [] }
        return [.fact(now, .deleted(id: message.id, by: actor.id))]
    }

    func pin(_ text: String, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        let text = try Self.cleaned(text, limit: RoomLimits.pinLength, .messageTooLong)
        guard text != (state.pinned?.words?.text ?? "") else { return [] }
        let message = text.isEmpty ? nil : message(.pin, text, by: actor, now: now)
        return [.fact(now, .pinned(message: message, by: actor.id))]
    }

    func setChat(_ mode: ChatMode, slow: Duration, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        guard (.zero...RoomLimits.slowest).contains(slow) else { throw .room(.slowModeOutOfRange) }
        let seconds = Int(slow.wholeSeconds)
        guard mode != state.chatMode || .seconds(seconds) != state.slow else { return [] }
        return [.fact(now, .moderated(mode: mode, slow: seconds, by: actor.id))]
    }

    func message(
        _ kind: RoomMessage.Kind,
        _ text: String,
        clientID: String? = nil,
        by actor: RoomActor,
        now: Date
    ) -> RoomMessage {
        let person = actor.person
        let words = RoomMessage.Words(
            text: text,
            name: person.name,
            username: person.username,
            clientID: clientID
        )
        return RoomMessage(id: nextMessageID, member: person.id, kind: kind, at: now, words: words)
    }

    /// - Throws: `refusal` where the text is longer than `limit` Unicode scalars.
    static func cleaned(_ text: String, limit: Int, _ refusal: RoomRefusal) throws(Refusal) -> String {
        let text = PlainText.paragraphs(text, limit: 4 * limit)
        guard text.unicodeScalars.count <= limit else { throw .room(refusal) }
        return text
    }

    private func checkMayWrite(_ actor: RoomActor) throws(Refusal) {
        let rank = rank(of: actor.person)
        switch state.chatMode {
        case .everyone: return
        case .level(let level):
            guard actor.person.level >= level || rank.isModerator else { throw .room(.chatForLevel(level)) }
        case .hosts:
            guard rank.isModerator else { throw .room(.chatForHosts) }
        case .off: throw .room(.chatOff)
        }
    }

    private func checkPace(of actor: RoomActor, now: Date) throws(Refusal) {
        let times = state.chatTimes[actor.id] ?? []
        if let last = times.last, state.slow > .zero, !rank(of: actor.person).isModerator {
            let left = Timestamp.milliseconds(last) + state.slow.wholeMilliseconds - Timestamp.milliseconds(now)
            guard left <= 0 else { throw .room(.slowMode(.milliseconds(left))) }
        }
        try Self.check(times, burst: RoomLimits.chatBurst, window: RoomLimits.chatWindow, now: now)
    }

    private func checkReactionPace(of actor: RoomActor, now: Date) throws(Refusal) {
        try Self.check(
            crowd.reactionTimes[actor.id] ?? [],
            burst: RoomLimits.reactionBurst,
            window: RoomLimits.reactionWindow,
            now: now
        )
    }

    /// - Throws: `.room(.tooFast)` where the last `burst` times lie within `window`.
    private static func check(_ times: [Date], burst: Int, window: Duration, now: Date) throws(Refusal) {
        guard times.count >= burst else { return }
        let oldest = Timestamp.milliseconds(times[times.count - burst])
        let left = oldest + window.wholeMilliseconds - Timestamp.milliseconds(now)
        guard left <= 0 else { throw .room(.tooFast(.milliseconds(left))) }
    }

    /// Without the mark that asks for a coloured picture, which not every keyboard adds.
    private static func bare(_ emoji: String) -> String {
        String(String.UnicodeScalarView(emoji.unicodeScalars.filter { $0 != "\u{FE0F}" }))
    }
}
