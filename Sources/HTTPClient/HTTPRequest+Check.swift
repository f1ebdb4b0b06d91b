import Foundation

extension HTTPRequest.Method {
    /// Whether a request of this method may be repeated by the client without changing anything on the server.
    /// Source: RFC 9110, section 9.2.1.
    var isSafe: Bool {
        switch self {
        case .get, .head: true
        case .post, .put, .patch, .delete: false
        }
    }
}

extension HTTPRequest {
    /// Fields that only the client writes, because a wrong one would break the framing or contradict the body.
    private static let fieldsOfTheClient: Set<String> = [
        "connection", "content-length", "content-type", "expect", "host", "transfer-encoding",
    ]

    /// Fields that a download writes itself.
    private static let fieldsOfADownload: Set<String> = ["accept-encoding", "if-range", "range"]

    /// Where the request goes.
    /// - Throws: `.invalidRequest` when the request cannot be sent as it is.
    func checkedOrigin(download: Bool) throws(HTTPError) -> Origin {
        guard let origin = Origin(url) else { throw .invalidRequest(.address) }
        let names = headers.fields.map { $0.name.lowercased() }
        guard Self.fieldsOfTheClient.isDisjoint(with: names), headers.fields.allSatisfy(\.isSendable) else {
            throw .invalidRequest(.header)
        }
        try checkBody()
        if followsRedirects && !method.isSafe {
            throw .invalidRequest(.redirects)
        }
        if download && (method != .get || !Self.fieldsOfADownload.isDisjoint(with: names)) {
            throw .invalidRequest(.download)
        }
        return origin
    }

    private func checkBody() throws(HTTPError) {
        switch body {
        case .none:
            return
        case .bytes(_, let contentType):
            guard HTTPHeaders.Field.isSendable(value: contentType) else { throw .invalidRequest(.header) }
        case .multipart(let parts):
            guard parts.allSatisfy(\.isSendable) else { throw .invalidRequest(.form) }
        }
        if method.isSafe {
            throw .invalidRequest(.body)
        }
    }
}
