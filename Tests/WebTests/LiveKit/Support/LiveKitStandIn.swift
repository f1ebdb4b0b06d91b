import Domain
import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// A small LiveKit server on loopback: its calls, its tokens, its webhooks, without any sound.
///
/// Whoever was removed comes in again with the same token, as at the real one.
final class LiveKitStandIn: Sendable {
    static let jwt = StandInJWT(key: "APIclub", secret: "a secret of the club for tests only")

    /// How calls fare.
    enum Mood {
        case well
        /// Each is answered so.
        case ill(status: Int, body: String)
        /// None is answered before the mood is another one.
        case hanging
    }

    private struct Watcher {
        let condition: @Sendable (LiveKitWorld) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var world = LiveKitWorld()
        var mood = Mood.well
        var clock: any ClubClock = SystemClubClock()
        var watchers: [Watcher] = []
        var hanging: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    private var clock: any ClubClock { state.withLock(\.clock) }

    /// Goes by the club's clock from now on.
    func follow(_ clock: any ClubClock) { state.withLock { $0.clock = clock } }

    /// Serves while `body` runs; it is told the port.
    func run<Value: Sendable>(_ body: @escaping @Sendable (_ port: Int) async throws -> Value) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let channel = HTTP1Channel(responder: { [self] request, writer, _ in
            let (status, body) = await answer(request)
            var headers = HTTPFields()
            headers[.contentType] = "application/json"
            headers[.contentLength] = "\(body.count)"
            let head = HTTPResponse(status: .init(code: status), headerFields: headers)
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        })
        let server = channel.server(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "livekit") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var listening = ports.makeAsyncIterator()
            let value = try await body(await listening.next() ?? 0)
            be(.well)
            group.cancelAll()
            return value
        }
    }

    // MARK: What tests see and do

    var world: LiveKitWorld { state.withLock(\.world) }

    func be(_ mood: Mood) {
        let hanging = state.withLock { state in
            state.mood = mood
            if case .hanging = mood { return [CheckedContinuation<Void, Never>]() }
            defer { state.hanging = [] }
            return state.hanging
        }
        for continuation in hanging { continuation.resume() }
    }

    /// Returns as soon as the server is so.
    func until(_ condition: @escaping @Sendable (LiveKitWorld) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isSo = state.withLock { state in
                if condition(state.world) { return true }
                state.watchers.append(Watcher(condition: condition, continuation: continuation))
                return false
            }
            if isSo { continuation.resume() }
        }
    }

    /// Comes in as a browser does. Throws where the token does not let in.
    @discardableResult
    func join(_ token: String, kind: String = "STANDARD") throws -> String {
        guard let claims = Self.jwt.claims(in: token, now: clock.now),
            let grants = claims["video"] as? [String: Any], grants["roomJoin"] as? Bool == true,
            let room = grants["room"] as? String, let identity = claims["sub"] as? String
        else { throw CocoaError(.userCancelled) }
        return change { world in
            let participant = LiveKitWorld.Participant(
                sid: world.next("PA"),
                identity: identity,
                name: claims["name"] as? String ?? "",
                canPublish: grants["canPublish"] as? Bool ?? true,
                canPublishData: grants["canPublishData"] as? Bool ?? grants["canPublish"] as? Bool ?? true,
                sources: (grants["canPublishSources"] as? [String] ?? []).map { $0.uppercased() },
                kind: kind
            )
            world.enter(participant, room)
            return participant.sid
        }
    }

    /// - Returns: Whether they may.
    func publish(_ identity: MemberID, in room: LiveSessionID, isMuted: Bool = false) -> Bool {
        change { $0.publish(identity.rawValue, room.rawValue, isMuted: isMuted) }
    }

    func leave(_ identity: MemberID, in room: LiveSessionID, isAborted: Bool = false) {
        change { world in
            guard let participant = world.participant(identity.rawValue, in: room.rawValue) else { return }
            world.leave(participant, room.rawValue, reason: "CLIENT_INITIATED", isAborted: isAborted)
        }
    }

    /// Changes the server as no call of the club's would.
    @discardableResult
    func change<Value: Sendable>(_ body: (inout LiveKitWorld) -> Value) -> Value {
        let (value, satisfied) = state.withLock { state in
            let value = body(&state.world)
            let world = state.world
            let satisfied = state.watchers.filter { $0.condition(world) }.map(\.continuation)
            state.watchers.removeAll { $0.condition(world) }
            return (value, satisfied)
        }
        for continuation in satisfied { continuation.resume() }
        return value
    }

    /// Sends the webhooks that wait.
    /// - Returns: The statuses with which they were answered.
    @discardableResult
    func deliver(to http: RawHTTP) async throws -> [Int] {
        let webhooks = change { world in
            defer { world.outgoing = [] }
            return world.outgoing
        }
        var statuses: [Int] = []
        for webhook in webhooks { statuses.append(try await send(webhook.body, to: http).status) }
        return statuses
    }

    /// Sends one webhook with a good signature.
    func send(_ body: Data, to http: RawHTTP) async throws -> RawHTTP.Answer {
        let token = try Self.jwt.webhook(body, now: clock.now)
        let headers = ["Content-Type": "application/webhook+json", "Authorization": token]
        return try await http.send("POST", "/api/live-sessions/livekit/webhook", headers: headers, body: body)
    }

    // MARK: What the program sees

    private func answer(_ request: Request) async -> (status: Int, body: Data) {
        let sent = try? await request.body.collect(upTo: 1 << 20)
        let json = sent.flatMap { try? JSONSerialization.jsonObject(with: Data($0.readableBytesView)) }
        let token = request.headers[.authorization]?.split(separator: " ").last.map(String.init) ?? ""
        await hang()
        if case .ill(let status, let body) = state.withLock(\.mood) {
            change { $0.failures += 1 }
            return (status, Data(body.utf8))
        }
        guard let claims = Self.jwt.claims(in: token, now: clock.now) else {
            return (401, Data("invalid token: \(token), error: signature".utf8))
        }
        guard request.head.path?.hasPrefix("/twirp/livekit.RoomService/") == true,
            let method = request.head.path?.split(separator: "/").last, let object = json as? [String: Any]
        else { return (404, Data("404 page not found".utf8)) }
        let grants = claims["video"] as? [String: Any] ?? [:]
        return change { world in
            let answer = Self.answer(String(method), object, grants: grants, &world)
            return (answer.status, (try? JSONSerialization.data(withJSONObject: answer.json)) ?? Data())
        }
    }

    private func hang() async {
        await withCheckedContinuation { continuation in
            let hangs = state.withLock { state in
                guard case .hanging = state.mood else { return false }
                state.hanging.append(continuation)
                return true
            }
            if !hangs { continuation.resume() }
        }
    }
}
