import Domain

/// What a button means by which members thank each other. Its data begin with `th:`.
enum ThanksButton: Equatable, Sendable {
    /// Show whom one can thank for an episode.
    case choose(PodcastID)
    /// Thank somebody for an episode.
    case give(MemberID, PodcastID)
    /// Show what one has given and got.
    case overview

    static let prefix = "th:"

    var data: String {
        switch self {
        case .choose(let podcast): "\(Self.prefix)c:\(podcast)"
        case .give(let member, let podcast): "\(Self.prefix)g:\(member):\(podcast)"
        case .overview: "\(Self.prefix)o"
        }
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.hasPrefix(Self.prefix) else { return nil }
        let parts = data.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        switch (parts[0], parts.count) {
        case ("o", 1): self = .overview
        case ("c", 2):
            guard let id = Button.id(parts[1]) else { return nil }
            self = .choose(PodcastID(rawValue: id))
        case ("g", 3):
            guard let member = Button.id(parts[1]), let podcast = Button.id(parts[2]) else { return nil }
            self = .give(MemberID(rawValue: member), PodcastID(rawValue: podcast))
        default: return nil
        }
    }
}
