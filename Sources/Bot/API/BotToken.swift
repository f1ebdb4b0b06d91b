import Foundation

/// A bot's secret. It never appears in an error, a log or a description.
public struct BotToken: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself: goes into request addresses, and nowhere else.
    let secret: String
    /// The bot's public number: the part before the colon.
    public let botID: Int64

    /// - Returns: nil where `text` does not look like a token (`<number>:<letters, digits, _ and ->`).
    public init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([1-9][0-9]{0,18}):([A-Za-z0-9_\-]{3,64})/), text.count <= 80,
            let botID = Int64(match.1)
        else { return nil }
        secret = text
        self.botID = botID
    }

    /// The token for the one other use that it has: keys are derived from it that check Telegram's signatures.
    public var forSigningKeys: String { secret }

    public var description: String { "\(botID):…" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["botID": botID]) }
}
