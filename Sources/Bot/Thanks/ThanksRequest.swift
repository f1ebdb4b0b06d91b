import Domain
import Foundation

/// What somebody writes to thank somebody: `/thanks @name`, then an episode by its link, a moment of it and words, as
/// far as they are wanted. The person or the episode may be named by reply instead.
struct ThanksRequest: Equatable, Sendable {
    var person: MemberReference?
    var episode: Podcast.Key?
    var position: Duration?
    var words: String?

    /// Whether it says nothing: then one sees what one has to give.
    var isEmpty: Bool { self == ThanksRequest() }

    /// The same about the one to whose message it is a reply, where it names nobody.
    func about(_ person: TelegramUserID) -> ThanksRequest {
        var request = self
        request.person = self.person ?? .telegram(person)
        return request
    }

    /// A moment of a recording: `12:40`, `1:02:03`; nil where the word is none.
    static func position(_ word: some StringProtocol) -> Duration? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.dropFirst().allSatisfy({ $0.count == 2 }), parts[0].count <= 3
        else { return nil }
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCII) ? Int($0) : nil }
        guard numbers.count == parts.count, numbers.allSatisfy({ $0 >= 0 }),
            numbers.dropFirst().allSatisfy({ $0 < 60 })
        else { return nil }
        return .seconds(numbers.reduce(0) { $0 * 60 + $1 })
    }
}

extension IntentParser {
    /// `/thanks` with what stands behind it and with what it replies to; nil where the message is no such command.
    func thanks(in message: TelegramMessage) -> ThanksRequest? {
        guard let command = command(message.text), command.name == "thanks" else { return nil }
        var request = thanks(command.argument)
        guard let reply = message.replyToMessage else { return request }
        if request.episode == nil { request.episode = target(reply, isPost: false) }
        if request.person == nil, request.episode == nil, let user = reply.from, user.isBot != true {
            request.person = .telegram(TelegramUserID(rawValue: user.id))
        }
        return request
    }

    private func thanks(_ text: String) -> ThanksRequest {
        var request = ThanksRequest()
        var rest = text[...]
        while let word = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).first {
            if request.person == nil, word.hasPrefix("@"), let person = MemberReference(String(word)) {
                request.person = person
            } else if request.episode == nil, let episode = linked(String(word)) {
                request.episode = episode
            } else if request.position == nil, let position = ThanksRequest.position(word) {
                request.position = position
            } else {
                break
            }
            rest = rest[word.endIndex...]
            rest = rest.drop(while: \.isWhitespace)
        }
        request.words = rest.isEmpty ? nil : String(rest)
        return request
    }
}
