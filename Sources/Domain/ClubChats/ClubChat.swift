/// A chat of the club in the messenger, by being in which people may be members.
public enum ClubChat: String, Codable, CaseIterable, Sendable {
    /// The recording channel.
    case channel
    /// A group that an admin has chosen.
    case group

    /// The way into the club that it is.
    public var mode: JoiningMode {
        switch self {
        case .channel: .channel
        case .group: .group
        }
    }
}

/// Where a chat is in the messenger, and how people know it.
public struct ChatPlace: Codable, Equatable, Sendable {
    public var chat: ChatID
    /// One line, at most 128 characters; empty where the messenger tells none.
    public var title: String
    /// Its public @name without the @, where it has one.
    public var handle: String?

    /// `title`, `handle`: as they came; cleaned here.
    public init(chat: ChatID, title: String, handle: String?) {
        self.chat = chat
        self.title = PlainText.line(title, limit: 128)
        self.handle = handle.flatMap { $0.wholeMatch(of: /[A-Za-z0-9_]{1,64}/) == nil ? nil : $0 }
    }
}

extension ClubSettings {
    /// Where a chat is; nil where the club has none, or does not know it yet.
    public func place(of clubChat: ClubChat) -> ChatPlace? {
        switch clubChat {
        case .channel: clubChannel
        case .group: clubGroup
        }
    }

    /// The chat that a chat is; nil where it is none of the club's.
    public func clubChat(of chat: ChatID) -> ClubChat? {
        ClubChat.allCases.first { place(of: $0)?.chat == chat }
    }

    /// The chats by being in which people are let in, with their places.
    public var openClubChats: [(clubChat: ClubChat, place: ChatPlace)] {
        ClubChat.allCases.compactMap { clubChat in
            guard joining.contains(clubChat.mode), let place = place(of: clubChat) else { return nil }
            return (clubChat, place)
        }
    }
}
