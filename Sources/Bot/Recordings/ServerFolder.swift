import Logging

/// Whether the folder of the local Bot API server is there; the log is told when that changes, once each time.
struct ServerFolder: Sendable {
    private var isMissed = false

    mutating func isAway(because reason: String, _ logger: Logger) {
        defer { isMissed = true }
        guard !isMissed else { return }
        logger.error(
            "The folder of the local Bot API server is away; its recordings wait until it is back",
            metadata: ["reason": "\(reason)"]
        )
    }

    mutating func isThere(_ logger: Logger) {
        defer { isMissed = false }
        guard isMissed else { return }
        logger.notice("The folder of the local Bot API server is back")
    }
}
