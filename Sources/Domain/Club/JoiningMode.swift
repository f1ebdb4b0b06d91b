/// A way into the club. Several may be open at once.
public enum JoiningMode: String, Codable, CaseIterable, Sendable {
    /// Whoever asks waits for an admin's answer.
    case request
    /// Whoever has an invite's link is in at once.
    case invite
    /// Whoever is in the recording channel is let in.
    case channel
    /// Whoever is in the club's group is let in.
    case group

    /// The ways that are open where the club has decided nothing.
    static let byDefault: Set<JoiningMode> = [.request, .invite]

    /// The chat that opens this way; nil where it is none.
    public var clubChat: ClubChat? { ClubChat.allCases.first { $0.mode == self } }
}
