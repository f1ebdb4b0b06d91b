import Domain

/// The ids that the predecessor's people and episodes have here. The same one has the same id each time, so that a
/// second import recognises what the first brought in.
struct LegacyIdentities: Sendable {
    /// Made of ids that cannot be kept.
    let hasher: SecretHasher

    /// The person's own id, where buttons and addresses can hold it; else one that is made of it.
    func member(_ identity: String) -> MemberID {
        let isUsable = identity.wholeMatch(of: /[a-z0-9]{1,40}/) != nil
        return MemberID(rawValue: isUsable ? identity : digest("member", identity, length: 24))
    }

    /// As `member(_:)`. Shorter, because a button holds what was searched for beside it.
    func podcast(_ identity: String) -> PodcastID {
        let isUsable = identity.wholeMatch(of: /[a-z0-9]{1,12}/) != nil
        return PodcastID(rawValue: isUsable ? identity : digest("podcast", identity, length: 12))
    }

    /// As `podcast(_:)`.
    func show(_ identity: String) -> LiveSessionID {
        let isUsable = identity.wholeMatch(of: /[a-z0-9]{1,12}/) != nil
        return LiveSessionID(rawValue: isUsable ? identity : digest("show", identity, length: 12))
    }

    /// The one recording that an episode comes with.
    func recording(of podcast: PodcastID) -> RecordingID {
        RecordingID(rawValue: digest("recording", podcast.rawValue, length: 24))
    }

    private func digest(_ kind: String, _ identity: String, length: Int) -> String {
        String(hasher.digest(of: "import:\(kind):\(identity)").rawValue.prefix(length))
    }

    /// The ids that are written in some fields, each once, in the order of the fields.
    static func written(_ values: LegacyValue...) -> [String] {
        values.compactMap(\.text).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
