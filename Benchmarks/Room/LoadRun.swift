import Foundation
import NIOCore
import NIOPosix

/// How fast is spoken.
enum Pace: Sendable {
    /// The next message is sent as soon as all have heard the one so many before it.
    case inFlight(Int)
    /// So many messages a second, whatever the listeners have heard.
    case rate(Double)
}

/// A room full of listeners who speak one after another.
///
/// Everybody has their turn, because a room takes five messages in five seconds of one member, whoever it is.
final class LoadRun {
    /// So many sockets are opened at once.
    private static let opening = 100
    /// Characters of a message.
    private static let words = 100
    /// Bytes of a message where its bytes are all that is sent: as many as a room's frame has for `words`.
    private static let frame = 300
    /// So long is waited for what is missing.
    private static let patience: Duration = .seconds(60)

    /// What the joining has shown.
    let joining: JoiningReport
    private let sockets: [any Channel]
    private let crowd: ListenerCrowd
    private let entrance: Entrance
    private let process: Int32?
    /// How many messages were said in all.
    private var said = 0

    private init(
        joining: JoiningReport,
        sockets: [any Channel],
        crowd: ListenerCrowd,
        entrance: Entrance,
        process: Int32?
    ) {
        self.joining = joining
        self.sockets = sockets
        self.crowd = crowd
        self.entrance = entrance
        self.process = process
    }

    /// Opens all sockets, runs `body`, and closes them.
    static func open(
        _ entrance: Entrance,
        process: Int32?,
        listeners: Int,
        isDeflating: Bool = false,
        _ body: (LoadRun) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let crowd = ListenerCrowd(listeners: listeners)
        let before = process.flatMap { ProcessUsage(of: $0) }
        let began = ContinuousClock().now
        var sockets: [any Channel] = []
        while sockets.count < listeners {
            let numbers = sockets.count..<min(sockets.count + opening, listeners)
            sockets += try await withThrowingTaskGroup(of: (any Channel).self) { tasks in
                for number in numbers {
                    tasks.addTask {
                        try await ListenerSocket.open(
                            number,
                            entrance,
                            crowd: crowd,
                            isDeflating: isDeflating,
                            group: group
                        )
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
        }
        let took = ContinuousClock().now - began
        let after = process.flatMap { ProcessUsage(of: $0) }
        let run = LoadRun(
            joining: JoiningReport(
                listeners: listeners,
                took: took,
                processor: before.flatMap { before in after.map { $0.processor - before.processor } },
                memory: before.flatMap { before in after.map { $0.peakMemory - before.peakMemory } }
            ),
            sockets: sockets,
            crowd: crowd,
            entrance: entrance,
            process: process
        )
        try await body(run)
        for socket in sockets { try? await socket.close() }
        try await group.shutdownGracefully()
    }

    /// Has `messages` said to all.
    func speak(messages: Int, pace: Pace) async throws -> SpeakingReport {
        let clock = ContinuousClock()
        crowd.begin(messages: messages)
        let before = process.flatMap { ProcessUsage(of: $0) }
        let start = clock.now
        for number in 0..<messages {
            switch pace {
            case .inFlight(let count): guard await isHeard(number - count) else { break }
            case .rate(let rate): try await clock.sleep(until: start + .seconds(Double(number) / rate))
            }
            crowd.sends(number)
            try await sockets[said % sockets.count].writeAndFlush(ClientFrame.text(message(number))).get()
            said += 1
        }
        _ = await isHeard(messages - 1)
        let took = clock.now - start
        let after = process.flatMap { ProcessUsage(of: $0) }
        return SpeakingReport(
            took: took,
            delays: crowd.delays,
            processor: before.flatMap { before in after.map { $0.processor - before.processor } },
            lost: crowd.lost,
            refused: crowd.refused
        )
    }

    private func message(_ number: Int) -> String {
        let length = entrance.isRoom ? Self.words : Self.frame
        let text = "\(number) ".padding(toLength: length, withPad: "x", startingAt: 0)
        return entrance.isRoom ? #"{"type":"chat","client_id":"\#(said)","message":"\#(text)"}"# : text
    }

    /// - Returns: Whether everybody has heard a message before patience ended.
    private func isHeard(_ number: Int) async -> Bool {
        let crowd = crowd
        return await withTaskGroup(of: Bool?.self) { tasks in
            tasks.addTask { await crowd.heard(number) }
            tasks.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            defer { tasks.cancelAll() }
            return await tasks.next() == .some(true)
        }
    }
}
