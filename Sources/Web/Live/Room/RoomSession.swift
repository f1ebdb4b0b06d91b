import Domain
import Foundation
import Logging

/// One member's socket in one room: brings them in, carries out what they ask for, takes them out.
struct RoomSession: SocketSession {
    private let services: WebServices
    private let asker: RoomVisitor
    private let show: LiveSession
    private let entry: RoomEntry
    private let connection: ConnectionID
    private let logger: Logger
    private let pace: CommandPace

    init(services: WebServices, asker: RoomVisitor, show: LiveSession, entry: RoomEntry, logger: Logger) {
        self.services = services
        self.asker = asker
        self.show = show
        self.entry = entry
        self.logger = logger
        connection = services.ids.next(ConnectionID.self)
        pace = CommandPace(now: services.clock.now)
    }

    private var sockets: RoomSockets { services.sockets }
    private var actor: RoomActor {
        RoomActor(sockets.person(of: connection) ?? RoomPerson(asker.member))
    }

    func opened(_ socket: Socket) async {
        sockets.expect(
            RoomGuest(
                connection: connection,
                socket: socket,
                session: entry.session,
                title: show.title,
                place: entry.place,
                authSession: asker.authSession,
                passSince: asker.passSince,
                person: RoomPerson(asker.member)
            )
        )
        do throws(ChangeFailure) {
            try await services.rooms.enter(
                connection,
                entry.device,
                by: actor,
                in: entry.session,
                since: entry.place
            )
        } catch {
            tell(failure(of: error), of: nil, to: socket)
            sockets.hub.close(socket, error.closeCode)
        }
    }

    func received(_ text: String, on socket: Socket) async {
        let frame: RoomCommandFrame
        do throws(RequestFault) {
            frame = try RoomCommandFrame(text)
        } catch {
            return tell(.fault(error), of: nil, to: socket)
        }
        do throws(RequestFault) {
            switch try frame.request() {
            case .ping: sockets.send(RoomFrame.pong, to: socket)
            case .command(let command): await perform(command, frame, socket)
            }
        } catch {
            tell(.fault(error), of: frame, to: socket)
        }
    }

    func closed(_ socket: Socket, _ end: SocketEnd) async {
        sockets.tally.closed(end)
        let actor = actor
        sockets.forget(connection)
        do throws(ChangeFailure) {
            try await services.rooms.perform(.leave(connection), by: actor, in: entry.session)
        } catch {
            // Somebody who is gone must not seem to be there.
            sockets.departures.add(RoomDeparture(connection: connection, actor: actor, session: entry.session))
        }
    }

    private func perform(_ command: RoomCommand, _ frame: RoomCommandFrame, _ socket: Socket) async {
        do throws(ChangeFailure) {
            if let wait = pace.take(now: services.clock.now) { throw .refused(.room(.tooFast(wait))) }
            let actor = try await actor(for: command)
            let answer = try await services.rooms.perform(command, by: actor, in: entry.session)
            if answer.isRepeat, let clientID = frame.clientID { try await repeatMessage(clientID, socket) }
        } catch {
            tell(failure(of: error), of: frame, to: socket)
        }
    }

    /// Who asks. Where rights decide, they are looked up anew: what is known of a socket may be some seconds old.
    private func actor(for command: RoomCommand) async throws(ChangeFailure) -> RoomActor {
        var person = actor.person
        guard command.isForCrew else { return RoomActor(person) }
        guard let member = try await services.directory.find(.id(person.id)), member.isActive else {
            throw .refused(.notAMember)
        }
        if person.isAdmin != member.isAdmin {
            person.isAdmin = member.isAdmin
            sockets.know(person, of: connection)
        }
        return RoomActor(person)
    }

    /// Tells the author that a message is there already.
    private func repeatMessage(_ clientID: String, _ socket: Socket) async throws(ChangeFailure) {
        let found: ChatMessage?
        do throws(StoreError) {
            found = try await services.store.chatMessages.find(
                clientID: clientID,
                of: asker.member.id,
                in: entry.session
            )
        } catch {
            throw .store(error)
        }
        guard let found, let message = RoomFrame.Message(found.message, seq: found.seq) else {
            throw .refused(.notFound)
        }
        if let text = try? RoomFrame.text(RoomFrame.ChatMessage(seq: found.seq, message: message)) {
            sockets.send(text, to: socket)
        }
    }

    // MARK: What was refused

    private func failure(of error: ChangeFailure) -> Failure {
        switch error {
        case .refused(let refusal): return .refusal(refusal)
        case .store(.unavailable), .store(.conflict):
            logger.warning("The store could not serve a room", metadata: ["error": "\(error)"])
            return .fault(.unavailable)
        case .store(.missing), .store(.corrupt):
            let id = String(services.ids.secret().prefix(8))
            logger.error("A room's command failed", metadata: ["id": "\(id)", "error": "\(error)"])
            return .fault(.unexpected(id: id))
        }
    }

    private func tell(_ failure: Failure, of frame: RoomCommandFrame?, to socket: Socket) {
        let error = RoomFrame.Failed(
            code: failure.code,
            message: failure.message(services.phrases, asker.member.language),
            of: frame?.type,
            retryAfterMs: failure.roomRefusal?.retryAfter?.wholeMilliseconds,
            clientId: frame?.clientID
        )
        if let text = try? RoomFrame.text(error) { sockets.send(text, to: socket) }
    }
}

extension ChangeFailure {
    /// With what a socket is closed that could not be brought in.
    fileprivate var closeCode: SocketCloseCode {
        switch self {
        case .refused(.room(.over)), .refused(.notFound): .sessionEnded
        case .refused: .removed
        case .store: .tryAgainLater
        }
    }
}

extension Failure {
    /// What a room's rules said, where they did.
    fileprivate var roomRefusal: RoomRefusal? {
        guard case .refusal(.room(let refusal)) = self else { return nil }
        return refusal
    }
}
