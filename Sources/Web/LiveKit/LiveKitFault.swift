import HTTPClient

/// Why a call to LiveKit brought nothing. It never holds a token, nor what the server wrote: that may repeat one.
public enum LiveKitFault: Error, Equatable, Sendable {
    /// LiveKit did not answer, or not in time. Trying again later may help.
    case unreachable(method: String, HTTPError)
    /// The room or the participant is not there.
    case missing(method: String)
    /// LiveKit says no; `code` is Twirp's, such as `unauthenticated` or `unavailable`.
    case refused(method: String, status: Int, code: String)
    /// The answer is not what LiveKit answers: perhaps another server.
    case undecodable(method: String)

    /// Whether no server answers: then it does not about another room either.
    var isServerAway: Bool {
        guard case .unreachable(_, let error) = self else { return false }
        return switch error {
        case .unavailable, .unresolved, .unreachable, .untrusted, .proxyCredentialsRefused, .proxyFailed, .cancelled,
            .shutDown, .invalidProxy, .invalidConfiguration:
            true
        case .overloaded, .connectionLost, .deadlineExceeded, .responseTooLarge, .malformedResponse, .invalidRequest,
            .downloadRefused, .unreadableFile, .unwritableFile, .failed:
            false
        }
    }

    /// Whether the server took longer than it may.
    var isLate: Bool {
        if case .unreachable(_, .deadlineExceeded) = self { true } else { false }
    }

    /// Whether key or secret are wrong.
    public var isAboutKey: Bool {
        if case .refused(_, 401, _) = self { true } else { false }
    }
}

extension LiveKitFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let method, let error): "\(method): \(error)"
        case .missing(let method): "\(method): there is no such room or participant"
        case .refused(let method, let status, let code): "\(method) was refused with \(status) \(code)"
        case .undecodable(let method): "\(method): the answer is not LiveKit's"
        }
    }
}
