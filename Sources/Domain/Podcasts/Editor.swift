/// Who asks for a change of an episode.
public enum Editor: Equatable, Sendable {
    case member(Member)
    /// Whoever may post in the recording channel; a post does not say who that is.
    case channel

    /// Admins change every episode, hosts their own, the channel what came from it.
    public func mayChange(_ podcast: Podcast) -> Bool {
        switch self {
        case .member(let member):
            member.isActive && (member.isAdmin || (member.role >= .host && podcast.authorID == member.id))
        case .channel:
            !podcast.recordings.allSatisfy(\.posts.isEmpty)
        }
    }
}

extension Editor {
    /// Who acts, as the audit has it.
    var member: Member? {
        if case .member(let member) = self { member } else { nil }
    }

    /// What the audit says where it cannot say who it was.
    var details: [AuditDetail: String] { self == .channel ? [.via: "channel"] : [:] }
}

/// What was done to an episode, for those who are told.
public enum EpisodeChange: Codable, Equatable, Sendable {
    case published
    case unpublished
    /// Its recordings are so many episodes now.
    case parted(into: Int)
}
