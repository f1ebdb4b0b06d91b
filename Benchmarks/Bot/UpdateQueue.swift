import Foundation

/// Updates that wait for a bot: `/start`, each from another person.
struct UpdateQueue: Sendable {
    /// How far a bot is.
    struct Progress: Sendable {
        /// People who were answered.
        var answered = 0
        /// Answers beyond the first one.
        var doubled = 0
        /// When the first update was handed out.
        var beganAt: ContinuousClock.Instant?
        /// When the last answer came.
        var lastAnswerAt: ContinuousClock.Instant?
    }

    private static let firstID: Int64 = 500_000_000
    private static let firstPerson: Int64 = 900_000_000

    private var updates: [[UInt8]]
    private var answers: [Int64: Int] = [:]
    /// What was confirmed by an offset is gone, as Telegram has it.
    private var confirmed = 0
    private(set) var progress = Progress()

    /// `unreadable`: how many updates come first that are of no shape.
    init(count: Int, unreadable: Int = 0) {
        let broken = (0..<unreadable).map { number in
            let id = Self.firstID + Int64(number)
            return Array(#"{"update_id":\#(id),"message":{"message_id":"x","date":[],"chat":7,"from":true}}"#.utf8)
        }
        let good = (0..<count).map { number in
            let person = Self.firstPerson + Int64(number)
            let name = #""id":\#(person),"first_name":"Person""#
            return Array(
                (#"{"update_id":\#(Self.firstID + Int64(unreadable + number)),"message":{"message_id":1,"from":{\#(name),"#
                    + #""is_bot":false,"language_code":"en"},"chat":{\#(name),"type":"private"},"date":1780000000,"#
                    + #""text":"/start","entities":[{"offset":0,"length":6,"type":"bot_command"}]}}"#).utf8
            )
        }
        updates = broken + good
    }

    /// One recording in the channel, a document of so many bytes.
    init(recordingOf bytes: Int64) {
        let channel = #"{"id":\#(StandIn.channelID),"type":"channel","title":"Channel"}"#
        let document =
            #"{"file_id":"large","file_unique_id":"large","file_name":"large.wav","mime_type":"audio/x-wav","#
            + #""file_size":\#(bytes)}"#
        updates = [
            Array(
                (#"{"update_id":\#(Self.firstID),"channel_post":{"message_id":1,"sender_chat":\#(channel),"#
                    + #""chat":\#(channel),"date":1780000000,"document":\#(document),"caption":"Large"}}"#).utf8
            )
        ]
    }

    /// The JSON list of updates from an offset on; nil where there are none.
    mutating func take(from offset: Int64, limit: Int) -> [UInt8]? {
        confirmed = max(confirmed, Int(offset - Self.firstID))
        let start = confirmed
        guard start < updates.count else { return nil }
        progress.beganAt = progress.beganAt ?? .now
        let part = updates[start..<min(updates.count, start + max(1, limit))]
        return [UInt8(ascii: "[")] + part.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }

    /// Adds an update of a kind, whose object is given as JSON.
    mutating func push(_ kind: String, _ object: String) {
        let id = Self.firstID + Int64(updates.count)
        updates.append(Array(#"{"update_id":\#(id),"\#(kind)":\#(object)}"#.utf8))
    }

    mutating func answer(to chat: Int64) {
        let times = (answers[chat] ?? 0) + 1
        answers[chat] = times
        if times == 1 { progress.answered += 1 } else { progress.doubled += 1 }
        progress.lastAnswerAt = .now
    }
}
