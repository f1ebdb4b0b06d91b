import ArgumentParser
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// A live show with its room, or the sockets alone: for measuring, and for foreign clients to judge.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves a live show's room, or bare sockets, and writes to standard output how to get in.",
        discussion: """
            The first line is the port. With a room, the second is the path, and each line after it the token of one \
            member, to be sent as `Authorization: Bearer`. Without one, the paths are /crowd and /echo.
            """
    )

    @Flag(help: "The sockets without the club.")
    var bare = false

    @Option(help: "How many members the club has, each of whom is signed in.")
    var members = 1_000

    @Option(help: "How many threads handle connections.")
    var threads = 1

    @Option(help: "Seconds between two pings of a client.")
    var ping = 20

    func run() async throws {
        let logger = Logger(label: "room-bench") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .warning
            return handler
        }
        if bare {
            let sockets = BareSockets(ping: .seconds(Int64(ping)), threads: threads, logger: logger)
            try await run([sockets.server { Self.write(["\($0)"]) }], logger)
        } else {
            try await runShow(logger)
        }
    }

    private func runShow(_ logger: Logger) async throws {
        NIOSingletons.groupLoopCountSuggestion = threads
        let folder = FileManager.default.temporaryDirectory.appending(path: "fomo-room-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let show = try await CrowdedShow(
            members: members,
            ping: .seconds(Int64(ping)),
            folder: folder,
            logger: logger
        ) { port, entrance in
            Self.write(["\(port)", "/api/live-sessions/ws/\(entrance.session)"] + entrance.tokens)
        }
        try await run(show.services, logger)
        await show.end()
    }

    private func run(_ services: [any Service], _ logger: Logger) async throws {
        let configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        try await ServiceGroup(configuration: configuration).run()
    }

    private static func write(_ lines: [String]) {
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}
