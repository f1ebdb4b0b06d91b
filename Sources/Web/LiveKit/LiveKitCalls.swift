import Domain
import Foundation
import HTTPClient

/// Calls LiveKit's RoomService. Each call has a token of its own that allows it and nothing else.
///
/// Source: LiveKit, `livekit_room.proto`; Twirp's JSON. Requests are in camelCase, answers in snake_case.
public struct LiveKitCalls: Sendable {
    /// The longest that one call may take.
    static let patience: Duration = .seconds(5)
    private static let longestAnswer = 4 * 1024 * 1024

    private let tokens: LiveKitTokens
    private let http: HTTPClient

    public init(_ server: LiveKitServer, http: HTTPClient, clock: any ClubClock) {
        tokens = LiveKitTokens(server: server, clock: clock)
        self.http = http
    }

    /// Asks for the rooms that there are: what shows that the server is there and takes the key.
    /// - Returns: How many rooms there are.
    @discardableResult
    public func check() async throws(LiveKitFault) -> Int {
        try await rooms().count
    }

    /// - Returns: The answer's object.
    func call<Answer: Decodable>(
        _ method: String,
        _ grant: LiveKitGrant,
        _ request: some Encodable & Sendable
    ) async throws(LiveKitFault) -> Answer {
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(try self.request(method, grant, request))
        } catch {
            throw .unreachable(method: method, error)
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard response.status == 200 else { throw Self.fault(response, method) }
        do {
            return try decoder.decode(Answer.self, from: response.body)
        } catch {
            throw .undecodable(method: method)
        }
    }

    private func request(
        _ method: String,
        _ grant: LiveKitGrant,
        _ request: some Encodable
    ) throws(HTTPError) -> HTTPRequest {
        let url = tokens.server.callAddress.appending(path: "twirp/livekit.RoomService/\(method)")
        guard let token = try? tokens.calling(grant), let body = try? JSONEncoder().encode(request) else {
            throw .invalidRequest(.body)
        }
        return HTTPRequest(
            method: .post,
            url: url,
            headers: ["Authorization": "Bearer \(token)"],
            body: .bytes(body, contentType: "application/json"),
            deadline: Self.patience,
            maximumResponseBytes: Self.longestAnswer
        )
    }

    /// Twirp's `{code, msg}`; of it the code alone.
    private static func fault(_ response: HTTPResponse, _ method: String) -> LiveKitFault {
        struct Envelope: Decodable {
            var code: String
        }
        let code = (try? JSONDecoder().decode(Envelope.self, from: response.body))?.code ?? ""
        // What is no code of Twirp's is not repeated.
        let known = code.wholeMatch(of: /[a-z_]{1,40}/) != nil ? code : "without a code"
        guard response.status == 404, known == "not_found" else {
            return .refused(method: method, status: response.status, code: known)
        }
        return .missing(method: method)
    }
}
