import ArgumentParser
import Domain
import Foundation
import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// How commands that run until they are asked to stop are run.
enum Running {
    /// Parts that have not finished so long after the signal are cancelled.
    static let longestGrace: Duration = .seconds(9)
    /// After this the program ends, even where a part has not finished.
    static let longestStop: Duration = .seconds(10)

    /// Runs `body`; an error becomes one line on standard error and a non-zero exit.
    static func untilAsked(_ body: (Console) async throws -> Void) async throws {
        // Whatever the program writes is for its own user only.
        umask(0o077)
        do {
            try await body(.standard)
        } catch {
            FileHandle.standardError.write(Data("fomo: \(describe(error))\n".utf8))
            throw ExitCode(status(of: error))
        }
    }

    /// What a supervisor learns: 78 where starting again would not help, 75 where it may, 1 otherwise.
    private static func status(of error: any Error) -> Int32 {
        switch error {
        case is SettingsFault, is EnvironmentFileFault: EX_CONFIG
        case is TemporaryFault: EX_TEMPFAIL
        default: EXIT_FAILURE
        }
    }

    /// Runs the services until SIGTERM or SIGINT; the process ends at most `longestStop` later.
    static func run(_ services: [any Service], logger: Logger) async throws {
        try await group(services + [StopLimit(longest: longestStop, logger: logger)], logger: logger).run()
    }

    /// The services under one roof: stopped in reverse order by SIGTERM and SIGINT.
    static func group(_ services: [any Service], logger: Logger) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = longestGrace
        return ServiceGroup(configuration: configuration)
    }

    /// Writes to standard error.
    static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "fomo", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = level
        return logger
    }

    /// What a person can do about an error at the start.
    static func explain(_ error: any Error, settings: Settings) -> any Error {
        let text = String(describing: error)
        if text.contains("errno: 98") {
            let isSite = Self.isTaken(settings.port)
            return SettingsFault(
                setting: isSite ? "PORT" : "SANDBOX_PORT",
                advice: "\(isSite ? settings.port : settings.sandboxPort) is used by another program; stop it, or"
                    + " choose another port."
            )
        }
        if text.contains("errno: 13") {
            return SettingsFault(setting: "PORT", advice: "\(settings.port) needs rights that this user does not have.")
        }
        if text.contains("errno: 99") || text.contains("UnknownHost") || text.contains("unknown(host") {
            return SettingsFault(setting: "HOST", advice: "'\(settings.host)' is no address of this machine.")
        }
        return error
    }

    /// Whether somebody listens on a port of this machine.
    private static func isTaken(_ port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) == 0 }
        }
    }

    private static func describe(_ error: any Error) -> String {
        switch error {
        case let error as any CustomStringConvertible: error.description
        default: String(describing: error)
        }
    }
}
