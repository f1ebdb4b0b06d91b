import ArgumentParser
import Domain
import Foundation

/// `fomo admin rebuild-xp [--dry-run]`.
struct RebuildXP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild-xp",
        abstract: "Makes the XP ledger anew from what happened, and tells in which lines it was otherwise.",
        discussion: """
            Shows, listening and corrections are read, the ledger is compared with them, deleted and made again. Stop \
            the club first. Interrupted, it is finished when the command is given again; no club starts before that. \
            The exit status is 0 where nothing differed, and 1 where something did.
            """
    )

    @Flag(help: "Only compares; nothing is changed.")
    var dryRun = false

    func run() async throws {
        var isSame = true
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let tools = TransferTools(settings: settings)
            isSame = try await tools.alone("fomo admin rebuild-xp") { _, running in
                let store = try await tools.open(settings.store, mustExist: true)
                try await StoreOpening.refuseUnfinishedCopy(store, at: settings.store)
                try await running.refuse(store)
                let report = try await TransferFault.naming(store.summary) { () throws(StoreError) in
                    try await rebuild(store, tools.clock, console)
                }
                await store.close()
                report.text.forEach { console.say($0) }
                return report.difference.isNone
            }
        }
        guard isSame else { throw ExitCode.failure }
    }

    private func rebuild(
        _ store: any ClubStore,
        _ clock: any ClubClock,
        _ console: Console
    ) async throws(StoreError) -> RebuildReport {
        let rebuild = LedgerRebuild(
            store: store,
            origins: [
                ShowOrigin(store: store, clock: clock), ListeningOrigin(store: store), CorrectionOrigin(store: store),
            ],
            clock: clock
        )
        let wasUnfinished = try await LedgerRebuild.isUnfinished(in: store)
        console.say("Reading what happened, and the ledger")
        let difference: LedgerDifference
        if dryRun {
            difference = try await rebuild.difference()
        } else {
            let progress = TransferProgress(console: console, clock: clock)
            difference = try await rebuild.run { posted, total in
                progress.report("lines", done: min(posted, total), of: total)
            }
        }
        return RebuildReport(
            difference: difference,
            isDryRun: dryRun,
            wasUnfinished: wasUnfinished,
            names: try await LedgerNames(difference, in: store)
        )
    }
}
