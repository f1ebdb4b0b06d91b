import Domain
import Foundation

/// The queue, the stage and the chat for those who run a show. Pure: data in, screens out.
struct QueueScreens: Sendable {
    /// So many hands are written out, and so many have buttons of their own.
    static let listedHands = 15
    static let tappedHands = 5
    /// So many of those on stage have buttons of their own.
    static let tappedSpeakers = 6
    static let questions = 3
    /// Longest question that is written out, in characters.
    private static let questionLength = 200
    /// Longest name on a button, in characters.
    private static let nameLength = 16

    let rooms: RoomScreens
    let times: ShowTimes

    func queue(_ room: RoomSnapshot, _ show: LiveSession) -> Screen {
        let title = rooms.say(.queueTitle, show)
        switch room.phase {
        case .ended: return Screen(text: .paragraphs([title, rooms.say(.queueOver, show)]))
        case .waiting: return Screen(text: .paragraphs([title, rooms.say(.queueNotBegun, show)]))
        case .live: break
        }
        let parts: [HTML?] = [title, stage(room, show), hands(room, show), questions(room, show), chat(room, show)]
        return Screen(text: .paragraphs(parts.compactMap { $0 }), rows: rows(room, show))
    }

    func lowerAllQuestion(_ show: LiveSession) -> Screen {
        Screen(
            text: rooms.say(.lowerAllQuestion, show),
            rows: [[rooms.tap(.buttonLowerAllYes, .lowerAll(show.id, isConfirmed: true))], back(show)]
        )
    }

    func chatChoice(_ room: RoomSnapshot, _ show: LiveSession) -> Screen {
        let modes = RoomButton.modes.map { offered in
            [switched(name(of: offered.mode), offered.mode == room.chatMode, .mode(show.id, offered.mode))]
        }
        let paces = RoomButton.slowSeconds.map { seconds in
            let label =
                seconds == 0
                ? rooms.label(.buttonSlowOff) : rooms.label(.buttonSlow, ["seconds": String(seconds)])
            return switched(label, Int64(seconds) == room.slow.wholeSeconds, .slow(show.id, seconds: seconds))
        }
        return Screen(text: rooms.say(.chatTitle, show), rows: modes + EpisodeScreens.rows(paces) + [back(show)])
    }

    // MARK: Text

    private func stage(_ room: RoomSnapshot, _ show: LiveSession) -> HTML {
        let speakers = room.stage.map { name($0.member, room) }
        let text =
            speakers.isEmpty
            ? rooms.say(.queueStageEmpty, show)
            : rooms.say(.queueStage, show, ["names": speakers.joined(separator: ", ")])
        let invited = room.invitations.map { name($0.member, room) }
        guard !invited.isEmpty else { return text }
        return .lines([text, rooms.say(.queueInvited, show, ["names": invited.joined(separator: ", ")])])
    }

    private func hands(_ room: RoomSnapshot, _ show: LiveSession) -> HTML {
        guard room.handCount > 0 else { return rooms.say(.queueEmpty, show) }
        let lines = room.hands.prefix(Self.listedHands).enumerated().map { index, hand in
            let topic = hand.topic?.words.map { " — \(PlainText.line($0.text, limit: Self.questionLength))" } ?? ""
            return HTML("\(index + 1). ") + HTML(name(hand.member, room)).bold + HTML(" · \(waiting(hand))\(topic)")
        }
        let rest = room.handCount - lines.count
        let more = rest > 0 ? [rooms.phrases.html(RoomPhrase.queueMore, rooms.language, count: rest)] : []
        let count = rooms.phrases.html(RoomPhrase.queueCount, rooms.language, count: room.handCount)
        return .lines([count] + lines + more)
    }

    private func waiting(_ hand: Hand) -> String {
        let seconds = times.now.timeIntervalSince(hand.at)
        guard seconds >= 60 else { return rooms.label(.queueJustNow) }
        return rooms.label(.queueWaits, ["length": times.length(.seconds(seconds))])
    }

    private func questions(_ room: RoomSnapshot, _ show: LiveSession) -> HTML? {
        let lines = room.questions(limit: Self.questions).compactMap(\.words).map { words in
            HTML("— ") + HTML(words.name).bold + HTML(": \(PlainText.line(words.text, limit: Self.questionLength))")
        }
        return lines.isEmpty ? nil : .lines([rooms.say(.queueQuestions, show)] + lines)
    }

    private func chat(_ room: RoomSnapshot, _ show: LiveSession) -> HTML? {
        let mode = name(of: room.chatMode)
        if room.slow > .zero {
            let seconds = String(room.slow.wholeSeconds)
            return rooms.say(.queueChatSlow, show, ["mode": mode, "seconds": seconds])
        }
        return room.chatMode == .everyone ? nil : rooms.say(.queueChat, show, ["mode": mode])
    }

    // MARK: Buttons

    private func rows(_ room: RoomSnapshot, _ show: LiveSession) -> [[Screen.Control]] {
        let id = show.id
        var rows = rooms.enter(show)
        if room.handCount > 0 { rows.append([rooms.tap(.buttonNext, .next(id))]) }
        rows += room.hands.prefix(Self.tappedHands).map { hand in
            [
                named(.buttonInvite, hand.member, room, .invite(id, hand.member)),
                rooms.tap(.buttonLowerOne, .demote(id, hand.member)),
            ]
        }
        if room.handCount > 1 { rows.append([rooms.tap(.buttonLowerAll, .lowerAll(id, isConfirmed: false))]) }
        rows += room.stage.filter { $0.member != room.you.member }.prefix(Self.tappedSpeakers).map { seat in
            [
                named(.buttonMute, seat.member, room, .mute(id, seat.member)),
                rooms.tap(.buttonTakeOff, .demote(id, seat.member)),
            ]
        }
        let end = Screen.Control.tap(
            rooms.phrases.text(ShowTalkPhrase.buttonEnd, rooms.language),
            .show(.end(id, isConfirmed: false))
        )
        rows.append([rooms.tap(.buttonChat, .chat(id)), rooms.tap(.buttonRefresh, .queue(id))])
        return rows + [[end]]
    }

    private func named(
        _ phrase: RoomPhrase,
        _ member: MemberID,
        _ room: RoomSnapshot,
        _ button: RoomButton
    ) -> Screen.Control {
        let name = EpisodeScreens.beginning(of: name(member, room), Self.nameLength)
        return .tap(rooms.label(phrase, ["name": name]), .room(button))
    }

    private func switched(_ label: String, _ isChosen: Bool, _ button: RoomButton) -> Screen.Control {
        .tap(isChosen ? "✅ \(label)" : label, .room(button))
    }

    private func back(_ show: LiveSession) -> [Screen.Control] {
        [.tap(rooms.phrases.text(BotPhrase.buttonBack, rooms.language), .room(.queue(show.id)))]
    }

    private func name(_ member: MemberID, _ room: RoomSnapshot) -> String {
        room.people[member]?.name ?? rooms.label(.somebody)
    }

    private func name(of mode: ChatMode) -> String {
        switch mode {
        case .everyone: rooms.label(.chatEveryone)
        case .level(let level): rooms.label(.chatLevel, ["level": String(level)])
        case .hosts: rooms.label(.chatHosts)
        case .off: rooms.label(.chatOff)
        }
    }
}
