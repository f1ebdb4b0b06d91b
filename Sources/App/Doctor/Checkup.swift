import Bot
import Domain
import Foundation
import HTTPClient

/// Looks at everything that the program needs, without changing anything: what `fomo doctor` does.
///
/// Each part is looked at for itself, so that one fault hides no other.
struct Checkup: Sendable {
    /// The longest that one question may take.
    static let patience: Duration = .seconds(10)

    let reader: SettingsReader
    /// Whether Telegram, LiveKit and the site's public address are asked.
    let isOnline: Bool
    let clock: any ClubClock

    /// `report`: Told each finding as soon as it is known.
    func run(_ report: @Sendable (Finding) -> Void) async {
        SettingsCheck(reader: reader).findings.forEach(report)
        let folder = FolderCheck(folder: clubFolder)
        folder.findings.forEach(report)
        if case .ownServer(let files?) = TelegramLine.files(reader) { report(FilesFolderCheck(folder: files).finding) }
        ResourcesCheck(reader: reader, isRecorderOnly: isRecorderOnly).findings.forEach(report)
        // A wrong setting of the store has been reported by now.
        var clubGroup: ChatPlace?
        if let place = try? Settings.store(reader, isSandbox: isSandbox) {
            let seen = await StoreCheck(place: place, clock: clock).look()
            seen.findings.forEach(report)
            clubGroup = seen.clubGroup
        }
        if !isRecorderOnly { report(RecordingCheck(path: reader.text("PATH") ?? "").finding) }
        if !isRecorderOnly { report(CardCheck(path: reader.text("PATH") ?? "").finding) }
        if !isRecorderOnly { await siteCheck.findings().forEach(report) }
        // Wrong settings have been reported by now.
        if !isRecorderOnly, let liveKit = (try? Settings.liveKit(reader)) ?? nil {
            let check = LiveKitCheck(settings: liveKit, dataFolder: clubFolder, isOnline: isOnline, clock: clock)
            await check.findings().forEach(report)
        }
        await telegram(clubGroup, report)
    }

    private var isSandbox: Bool { reader.text("TELEGRAM_BOT_TOKEN") == nil && !isRecorderOnly }

    /// Whether only `fomo recorder` can be started with these settings.
    private var isRecorderOnly: Bool { SettingsCheck.isRecorderOnly(reader) }

    private var clubFolder: URL {
        let folder = Settings.dataFolder(reader)
        return isSandbox ? Settings.sandboxFolder(in: folder) : folder
    }

    private var siteCheck: SiteCheck {
        SiteCheck(
            host: reader.text("HOST") ?? "127.0.0.1",
            publicURL: (try? reader.address("PUBLIC_URL")) ?? nil,
            trustedProxies: reader.text("TRUSTED_PROXIES") ?? "",
            isRunning: FolderLock.state(of: .club, in: clubFolder) != .free,
            isOnline: isOnline
        )
    }

    private func telegram(_ clubGroup: ChatPlace?, _ report: @Sendable (Finding) -> Void) async {
        guard isOnline else { return report(.ok("Telegram", "not asked (--offline)")) }
        guard !isSandbox else { return report(.ok("Telegram", "the sandbox club has its own; nothing to check")) }
        let proxy: Proxy?
        let api: URL
        do {
            proxy = try TelegramLine.proxy(reader)
            api = try TelegramLine.apiAddress(reader)
        } catch {
            return report(.ok("Telegram", "not asked before \(error.setting) is put right"))
        }
        if let proxy, let finding = await ProxyCheck(proxy: proxy).finding() {
            report(finding)
            guard finding.verdict != .fault else { return }
        }
        let channel = try? TelegramLine.channel(reader)
        let hasShowsChannel = reader.text("TELEGRAM_NOTIFICATIONS_CHANNEL_ID") != nil
        let showsChannel = hasShowsChannel ? try? TelegramLine.notificationsChannel(reader) : channel
        for (bot, setting) in [(BotName.club, "TELEGRAM_BOT_TOKEN"), (.recorder, "TELEGRAM_RECORDING_BOT_TOKEN")] {
            guard let token = (try? Settings.Telegram.token(setting, reader)) ?? nil else { continue }
            let check = TelegramCheck(
                setting: setting,
                token: token,
                apiAddress: api,
                proxy: proxy,
                channel: channel,
                showsChannel: bot == .club ? showsChannel : nil,
                clubGroup: bot == .club ? clubGroup : nil,
                expectedUsername: bot == .club ? reader.text("TELEGRAM_BOT_USERNAME") : nil,
                clock: clock
            )
            let findings = await check.findings()
            findings.forEach(report)
            // Where nobody answers, the next bot would only wait for the same.
            guard !findings.contains(where: { $0.subject == TelegramCheck.reaching }) else { return }
        }
    }
}
