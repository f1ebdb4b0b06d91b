import Domain
import Foundation

extension Fixtures {
    public static let roomShow = LiveSessionID(rawValue: "show-1")

    /// Something that a member wrote, as the event number `seq` of a show.
    public static func said(
        _ text: String,
        seq: Int,
        by member: MemberID,
        clientID: String? = nil,
        kind: RoomMessage.Kind = .chat,
        in session: LiveSessionID = roomShow,
        at moment: Date
    ) -> RoomMessage {
        RoomMessage(
            id: RoomMessageID(rawValue: "\(session).\(seq)"),
            member: member,
            kind: kind,
            at: moment,
            words: RoomMessage.Words(
                text: text,
                name: "Анна \"A\"",
                username: "anna",
                clientID: kind == .chat || kind == .question ? clientID ?? "client-\(seq)" : nil
            )
        )
    }

    /// A batch of events of one moment.
    public static func batch(
        _ number: Int,
        seqBefore: Int,
        _ news: [RoomNews],
        in session: LiveSessionID = roomShow,
        at moment: Date
    ) -> RoomBatch {
        let facts = news.map { RoomFact(at: moment, news: $0) }
        return RoomBatch(session: session, number: number, seqBefore: seqBefore, facts: facts)
    }

    /// Two rooms' logs in the order of their keys; nothing is deleted in them.
    public static func roomBatches(now: Date) -> [RoomBatch] {
        let (anna, host) = (member(2).id, member(1).id)
        let other = LiveSessionID(rawValue: "show-2")
        let crew = RoomCrew(host: host, coHosts: [anna])
        let question = said("Почему?", seq: 2, by: anna, kind: .question, at: now)
        return [
            batch(1, seqBefore: 0, [.opened(epoch: "e"), .started(by: host, crew: crew, hands: .level(2))], at: now),
            batch(2, seqBefore: 1, [.said(message: question), .reacted(member: anna, emoji: "👏")], at: now),
            batch(3, seqBefore: 2, [.lived], at: now),
            batch(
                10,
                seqBefore: 2,
                [
                    .pinned(message: said("a/b\nc", seq: 3, by: host, kind: .pin, at: now), by: host),
                    .ended(why: .silence),
                ],
                at: now
            ),
            batch(1, seqBefore: 0, [.opened(epoch: "f")], in: other, at: now),
        ]
    }

    /// Who was there, in the order of the ids.
    public static func attendance(now: Date) -> [AttendanceInterval] {
        let parts: [AttendanceInterval.Part] = [.seat(.miniApp), .stage, .microphone]
        return parts.enumerated().map { number, part in
            interval("a\(number)", of: member(2).id, part, from: now, to: number == 0 ? nil : now + 60)
        }
    }

    public static func interval(
        _ id: String,
        of member: MemberID,
        _ part: AttendanceInterval.Part = .seat(.browser),
        in session: LiveSessionID = roomShow,
        from start: Date,
        to end: Date? = nil
    ) -> AttendanceInterval {
        AttendanceInterval(
            id: AttendanceID(rawValue: id),
            session: session,
            member: member,
            part: part,
            from: start,
            to: end
        )
    }
}
