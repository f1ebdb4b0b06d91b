/// Why a sandbox cannot start.
public enum SandboxError: Error, Sendable, Hashable {
    /// A bot's token does not begin with a number and a colon. The username says which.
    case malformedToken(username: String)
    /// The folder cannot be made or read. The text is the system's reason.
    case folder(String)
    /// It ended before it listened, so that there is no port.
    case notListening
}
