import Foundation
import NIOCore
import NIOPosix

/// How fast the sender speaks.
enum Pace: Sendable {
    /// The next message is sent as soon as all have heard the one so many before it.
    case inFlight(Int)
    /// So many messages a second, whatever the listeners have heard.
    case rate(Double)
}

/// A room full of listeners, one of whom speaks.
struct LoadRun {
    /// So many sockets are opened at once.
    private static let opening = 100
    /// Bytes of a message.
    private static let length = 200

    /// What the joining has shown.
    let joining: JoiningReport
    private let sockets: [any Channel]
    private let crowd: ListenerCrowd
    private let process: Int32?

    /// Opens all sockets, runs `body`, and closes them.
    static func open(
        port: Int,
        path: String,
        process: Int32?,
        listeners: Int,
        _ body: (LoadRun) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let crowd = ListenerCrowd(listeners: listeners)
        let before = process.flatMap { ProcessUsage(of: $0) }
        let began = ContinuousClock().now
        var sockets: [any Channel] = []
        while sockets.count < listeners {
            let count = min(opening, listeners - sockets.count)
            sockets += try await withThrowingTaskGroup(of: (any Channel).self) { tasks in
                for _ in 0..<count {
                    tasks.addTask { try await ListenerSocket.open(port: port, path: path, crowd: crowd, group: group) }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
        }
        let took = ContinuousClock().now - began
        let after = process.flatMap { ProcessUsage(of: $0) }
        let memory = before.flatMap { before in after.map { $0.peakMemory - before.peakMemory } }
        try await body(
            LoadRun(
                joining: JoiningReport(listeners: listeners, took: took, memory: memory),
                sockets: sockets,
                crowd: crowd,
                process: process
            )
        )
        for socket in sockets { try? await socket.close() }
        try await group.shutdownGracefully()
    }

    /// Has the first of the listeners speak to all.
    func speak(messages: Int, pace: Pace) async throws -> SpeakingReport {
        let clock = ContinuousClock()
        crowd.begin(messages: messages)
        let before = process.flatMap { ProcessUsage(of: $0) }
        let start = clock.now
        for number in 0..<messages {
            switch pace {
            case .inFlight(let count): try await crowd.heard(number - count)
            case .rate(let rate): try await clock.sleep(until: start + .seconds(Double(number) / rate))
            }
            crowd.sends(number)
            let text = "\(number) ".padding(toLength: Self.length, withPad: "x", startingAt: 0)
            try await sockets[0].writeAndFlush(ClientFrame.text(text)).get()
        }
        try await crowd.heard(messages - 1)
        let took = clock.now - start
        let after = process.flatMap { ProcessUsage(of: $0) }
        return SpeakingReport(
            took: took,
            delays: crowd.delays,
            processor: before.flatMap { before in after.map { $0.processor - before.processor } }
        )
    }
}
