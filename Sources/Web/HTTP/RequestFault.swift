import Domain
import Foundation
import HTTPTypes

/// What is wrong with a request, or with the server, where it is not the club's rules that say no.
enum RequestFault: Error, Equatable {
    /// There is no such address.
    case unknownAddress
    /// The address is there, but answers these methods only.
    case methodNotAllowed([HTTPRequest.Method])
    /// The query cannot be decoded.
    case malformedQuery
    /// The body is not what its type says.
    case malformedBody
    /// A field of the query or body is missing or makes no sense.
    case invalidField(String)
    /// The body has another type than the address takes.
    case unsupportedMediaType
    /// The body is larger than the address takes.
    case bodyTooLarge
    /// A page of another site asks for a change.
    case foreignOrigin
    /// The client has asked too often; it may come back after this.
    case tooManyRequests(retryAfter: Duration)
    /// Who asks says that they are somebody else.
    case otherUser
    /// One member, or one address, has as many sockets as it may have.
    case tooManySockets
    /// A socket was not opened, whoever asked for it.
    case handshake(HandshakeFault)
    /// A frame of a socket asks for something that there is not.
    case unknownCommand
    /// A signed media address is not the server's own, or too old.
    case badAddress
    /// No byte of the file is in the range; its length.
    case rangeNotSatisfiable(length: Int64)
    /// The store, or a file of it, cannot be reached at the moment.
    case unavailable
    /// Anything else. The log has it under the id.
    case unexpected(id: String)

    /// A stable name for programs.
    var code: String {
        switch self {
        case .unknownAddress: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .malformedQuery: "malformed_query"
        case .malformedBody: "malformed_body"
        case .invalidField: "invalid_field"
        case .unsupportedMediaType: "unsupported_media_type"
        case .bodyTooLarge: "body_too_large"
        case .foreignOrigin: "foreign_origin"
        case .tooManyRequests: "too_many_requests"
        case .otherUser: "other_user"
        case .tooManySockets: "too_many_sockets"
        case .handshake(let fault): fault.code
        case .unknownCommand: "unknown_type"
        case .badAddress: "bad_address"
        case .rangeNotSatisfiable: "range_not_satisfiable"
        case .unavailable: "unavailable"
        case .unexpected: "unexpected"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .unknownAddress: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .malformedQuery, .malformedBody, .invalidField, .unknownCommand: .badRequest
        case .unsupportedMediaType: .unsupportedMediaType
        case .bodyTooLarge: .contentTooLarge
        case .foreignOrigin, .badAddress, .otherUser: .forbidden
        case .tooManyRequests, .tooManySockets: .tooManyRequests
        case .handshake(let fault): fault.status
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .unavailable: .serviceUnavailable
        case .unexpected: .internalServerError
        }
    }

    /// What the answer's head says beside the status.
    var headers: HTTPFields {
        switch self {
        case .methodNotAllowed(let methods):
            [.allow: Set(methods.map(\.rawValue)).sorted().joined(separator: ", ")]
        case .tooManyRequests(let retryAfter):
            [.retryAfter: String(max(1, retryAfter.wholeSeconds))]
        case .rangeNotSatisfiable(let length):
            [.contentRange: "bytes */\(length)", .acceptRanges: "bytes"]
        case .unavailable:
            [.retryAfter: "5"]
        case .handshake(let fault): fault.headers
        case .unknownAddress, .malformedQuery, .malformedBody, .invalidField, .unsupportedMediaType, .bodyTooLarge,
            .foreignOrigin, .badAddress, .otherUser, .tooManySockets, .unknownCommand, .unexpected:
            [:]
        }
    }

    /// The field that is to blame.
    var field: String? {
        if case .invalidField(let field) = self { field } else { nil }
    }

    /// What it says to people.
    func message(_ phrases: Phrasebook, _ language: Language) -> String {
        switch self {
        case .unknownAddress: phrases.text(CommonPhrase.refusalNotFound, language)
        case .methodNotAllowed: phrases.text(WebPhrase.faultMethod, language)
        case .malformedQuery, .malformedBody: phrases.text(WebPhrase.faultMalformed, language)
        case .invalidField(let field): phrases.text(WebPhrase.faultField, language, ["field": field])
        case .unsupportedMediaType: phrases.text(WebPhrase.faultMediaType, language)
        case .bodyTooLarge: phrases.text(WebPhrase.faultTooLarge, language)
        case .foreignOrigin: phrases.text(WebPhrase.faultOrigin, language)
        case .tooManyRequests: phrases.text(WebPhrase.faultTooMany, language)
        case .otherUser: phrases.text(WebPhrase.faultOtherUser, language)
        case .tooManySockets: phrases.text(WebPhrase.faultTooManySockets, language)
        case .handshake(let fault): fault.message(phrases, language)
        case .unknownCommand: phrases.text(WebPhrase.faultUnknownCommand, language)
        case .badAddress: phrases.text(WebPhrase.faultAddress, language)
        case .rangeNotSatisfiable: phrases.text(WebPhrase.faultRange, language)
        case .unavailable: phrases.text(WebPhrase.faultUnavailable, language)
        case .unexpected(let id): phrases.text(CommonPhrase.somethingWentWrong, language, ["id": id])
        }
    }
}

extension HandshakeFault {
    /// What it says to people.
    fileprivate func message(_ phrases: Phrasebook, _ language: Language) -> String {
        switch self {
        case .malformed, .unsupportedVersion: phrases.text(WebPhrase.faultHandshake, language)
        case .draining, .busy, .undecided: phrases.text(WebPhrase.faultUnavailable, language)
        }
    }
}
