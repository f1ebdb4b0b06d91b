import ArgumentParser
import Domain
import Foundation
import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// How commands that run until they are asked to stop are run.
enum Running {
    /// After this the program ends, even where a part has not finished.
    static let longestStop: Duration = .seconds(10)

    /// Runs `body`; an error becomes one line on standard error and a non-zero exit.
    static func untilAsked(_ body: (Console) async throws -> Void) async throws {
        do {
            try await body(.standard)
        } catch {
            FileHandle.standardError.write(Data("fomo: \(describe(error))\n".utf8))
            throw ExitCode(error is SettingsFault || error is EnvironmentFileFault ? EX_CONFIG : EXIT_FAILURE)
        }
    }

    /// The services under one roof: stopped in reverse order by SIGTERM and SIGINT.
    static func group(_ services: [any Service], logger: Logger) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = longestStop
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
        guard text.contains("Address already in use") || text.contains("errno: 98") else { return error }
        return SettingsFault(
            setting: "PORT, SANDBOX_PORT",
            advice: "\(settings.port) or \(settings.sandboxPort) is used by another program; stop it or choose others."
        )
    }

    private static func describe(_ error: any Error) -> String {
        switch error {
        case let error as any CustomStringConvertible: error.description
        default: String(describing: error)
        }
    }
}
