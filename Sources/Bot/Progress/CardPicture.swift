import Domain
import Foundation
import Logging
import Synchronization

/// The picture of a card, as it is sent.
enum CardPicture: Equatable, Sendable {
    /// Telegram has it already, by the id that this bot knows.
    case known(fileID: String)
    /// What it shows, and the picture itself.
    case new(card: String, png: Data)

    func call(in chat: Int64, _ screen: Screen) -> OutgoingCall {
        switch self {
        case .known(let fileID):
            .sendPhoto(
                SendPhoto(
                    chatId: chat,
                    photo: fileID,
                    caption: screen.text.source,
                    parseMode: "HTML",
                    replyMarkup: screen.keyboard
                )
            )
        case .new(let card, let png):
            .uploadPhoto(
                UploadPhoto(
                    chatId: chat,
                    card: card,
                    contents: png,
                    caption: screen.text.source,
                    parseMode: "HTML",
                    replyMarkup: screen.keyboard
                )
            )
        }
    }
}

/// The pictures of cards that one bot sends. Cards name nobody, so each is painted and uploaded once in a run.
final class CardShelf: Sendable {
    private let painter: any CardPainter
    private let logger: Logger
    /// By `key(of:)`. Levels, badges and languages are few, so they all stay.
    private let fileIDs = Mutex<[String: String]>([:])

    init(painter: any CardPainter, logger: Logger) {
        self.painter = painter
        self.logger = logger
    }

    /// - Returns: nil where it cannot be painted; the log says why.
    func picture(_ card: ProgressCard) async -> CardPicture? {
        let key = Self.key(of: card)
        if let known = fileIDs.withLock({ $0[key] }) { return .known(fileID: known) }
        do {
            return .new(card: key, png: try await painter.png(card))
        } catch {
            logger.warning("A card is sent without its picture", metadata: ["card": "\(key)", "error": "\(error)"])
            return nil
        }
    }

    /// Keeps by which id Telegram knows a picture.
    func remember(_ fileID: String, of card: String) {
        fileIDs.withLock { $0[card] = fileID }
    }

    static func key(of card: ProgressCard) -> String {
        switch card.subject {
        case .level(let level): "level:\(level):\(card.language.rawValue)"
        case .badge(let badge): "badge:\(badge.rawValue):\(card.language.rawValue)"
        }
    }
}
