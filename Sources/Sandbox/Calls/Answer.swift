/// The answer to one Bot API call, before it is put into HTTP.
enum Answer: Sendable, Hashable {
    /// `ok: true`; some methods add a `description` beside the result.
    case success(JSON, description: String? = nil)
    case failure(CallFailure)

    /// The HTTP status that goes with the answer.
    var status: Int {
        switch self {
        case .success: 200
        case .failure(let failure): failure.code
        }
    }

    /// The envelope with its members in the server's order.
    var envelope: JSON {
        switch self {
        case .success(let result, let description):
            return .fields(["ok": true, "result": result, "description": description.map(JSON.string)])
        case .failure(let failure):
            var parameters: JSON?
            if let seconds = failure.retryAfter {
                parameters = .fields(["retry_after": .int(seconds)])
            } else if let chat = failure.migratedTo {
                parameters = .fields(["migrate_to_chat_id": .int(chat)])
            }
            return .fields([
                "ok": false,
                "error_code": .int(failure.code),
                "description": .string(failure.description),
                "parameters": parameters,
            ])
        }
    }
}
