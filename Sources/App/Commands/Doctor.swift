import ArgumentParser
import Domain
import Synchronization

/// `fomo doctor`: looks at everything that the program needs, and says what to do about what is wrong.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks settings, folders, store and Telegram, and says for each fault what to do. Changes nothing.",
        discussion: "Ends with status 1 where there is a fault, with 0 otherwise, also with warnings."
    )

    @Flag(help: "Asks neither Telegram nor the site's public address.")
    var offline = false

    func run() async throws {
        let console = Console.standard
        let reader: SettingsReader
        do {
            reader = try SettingsReader.ofThisPlace()
        } catch {
            console.say(Finding.fault(".env", "cannot be read: \(error)", advice: "correct that file first.").text)
            throw ExitCode.failure
        }
        let faults = Mutex(0)
        let warnings = Mutex(0)
        await Checkup(reader: reader, isOnline: !offline, clock: SystemClubClock()).run { finding in
            switch finding.verdict {
            case .ok: break
            case .warning: warnings.withLock { $0 += 1 }
            case .fault: faults.withLock { $0 += 1 }
            }
            console.say(finding.text)
        }
        let counts = (faults: faults.withLock { $0 }, warnings: warnings.withLock { $0 })
        console.say("Faults: \(counts.faults). Warnings: \(counts.warnings).")
        guard counts.faults == 0 else { throw ExitCode.failure }
    }
}
