import Domain

/// The rules say no because of one field of a request.
struct FieldRefusal: Error, Equatable {
    var refusal: Refusal
    /// As the request calls it.
    var field: String
}

extension FieldRefusal {
    /// What of a show each refusal is about, as requests call it.
    private static let fields: [(refusal: Refusal, field: String)] = [
        (.titleMissing, "title"), (.titleTooLong, "title"), (.summaryTooLong, "summary"),
        (.durationOutOfRange, "duration_minutes"), (.handLevelOutOfRange, "hand_policy"),
        (.timeInThePast, "starts_at"), (.timeTooFar, "starts_at"), (.nothingToRepeat, "series"),
        (.noHost, "host_id"), (.tooManyCoHosts, "co_host_ids"),
    ]

    /// - Returns: nil where the refusal is about no field of a show.
    init?(_ refusal: Refusal) {
        guard let known = Self.fields.first(where: { $0.refusal == refusal }) else { return nil }
        self.init(refusal: refusal, field: known.field)
    }
}

extension FieldRefusal {
    /// Does something with a show; where that is refused because of one field, the error says which.
    /// `noHost`: the field that names people.
    static func naming<Value: Sendable>(
        noHost: String = "host_id",
        _ action: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await action()
        } catch ChangeFailure.refused(.noHost) {
            throw FieldRefusal(refusal: .noHost, field: noHost)
        } catch ChangeFailure.refused(let refusal) {
            throw FieldRefusal(refusal) as (any Error)? ?? refusal
        }
    }
}
