/// A way into the club. Several may be open at once.
public enum JoiningMode: String, Codable, CaseIterable, Sendable {
    /// Whoever asks waits for an admin's answer.
    case request
    /// Whoever has an invite's link is in at once.
    case invite
}
