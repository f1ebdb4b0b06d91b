import Domain
import Foundation
import HTTPClient
import Logging
import Sandbox
import ServiceLifecycle
import Synchronization
import Testing

@testable import App

/// The whole program in this process, from the wiring that `fomo serve` uses, against a stand-in of Telegram.
final class RunningClub: Sendable {
    let telegram: Telegram
    let site: URL
    let folder: TemporaryFolder
    private let running: Task<Void, any Error>
    private let wiring: Wiring
    private let http: HTTPClient

    /// `folder`: the club's data folder, where it is to go on with something.
    /// `others`: settings beside those that every club has here.
    /// `localFiles`: where Telegram's stand-in leaves files, as a server of one's own does.
    init(
        folder: TemporaryFolder = TemporaryFolder(),
        others: [String: String] = [:],
        localFiles: URL? = nil,
        clock: any ClubClock = SystemClubClock()
    ) async throws {
        telegram = try await Telegram(localFiles: localFiles)
        self.folder = folder
        var settings = try Settings(
            SettingsReader(
                environment: [
                    "TELEGRAM_BOT_TOKEN": SandboxClub.botToken,
                    "TELEGRAM_API_URL": telegram.address.absoluteString,
                    "TELEGRAM_CHANNEL_ID": "\(SandboxClub.channelID)",
                    "TELEGRAM_BOT_USERNAME": SandboxClub.botUsername,
                    "OWNER_TELEGRAM_ID": "\(SandboxClub.posterID)",
                    "DATA_DIR": folder.url.path,
                    "RESOURCES_DIR": Project.resources.path,
                ].merging(others) { _, other in other },
                file: [:]
            )
        )
        settings.port = 0
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let (ports, listening) = AsyncStream<Int>.makeStream()
        wiring = try await Wiring(
            settings: settings,
            folder: try DataFolder(settings.clubFolder),
            console: Console(isTerminal: false) { _ in },
            clock: clock,
            logger: logger,
            onListening: { listening.yield($0) }
        )
        let group = Running.group(wiring.services, logger: logger)
        running = Task { try await group.run() }
        var port: Int?
        for await first in ports {
            port = first
            break
        }
        let bound = try #require(port)
        site = try #require(URL(string: "http://127.0.0.1:\(bound)"))
        http = try HTTPClient()
        try await telegram.waitForPoll()
    }

    func stop() async {
        running.cancel()
        _ = await running.result
        await wiring.store.close()
        await http.shutdown()
        await telegram.stop()
    }

    // MARK: The site

    /// Asks the site, as a browser with a session where one is given.
    func get(
        _ path: String,
        session: String? = nil,
        range: String? = nil,
        method: HTTPRequest.Method = .get
    ) async throws -> HTTPResponse {
        var headers = HTTPHeaders()
        if let session { headers.add(name: "Authorization", value: "Bearer \(session)") }
        if let range { headers.add(name: "Range", value: range) }
        let url = try #require(URL(string: site.absoluteString + path))
        return try await http.send(HTTPRequest(method: method, url: url, headers: headers))
    }

    func json(_ path: String, session: String) async throws -> [String: Any] {
        let response = try await get(path, session: session)
        #expect(response.status == 200, "\(path)")
        return try #require(try JSONSerialization.jsonObject(with: response.body) as? [String: Any])
    }

    /// Signs a person in by the link through the bot, as the sign-in page does.
    /// - Returns: The session's token.
    func signIn(as person: Int64) async throws -> String {
        let started = try await http.send(
            HTTPRequest(method: .post, url: site.appending(path: "api/auth/link"), headers: sameOrigin)
        )
        #expect(started.status < 300)
        let link = try #require(try JSONSerialization.jsonObject(with: started.body) as? [String: Any])
        let address = try #require(link["url"] as? String)
        let number = try #require(link["number"] as? Int)
        let payload = try #require(address.split(separator: "=").last)
        try await telegram.start(String(payload), as: person)
        let question = try await telegram.message(to: person) {
            $0.text.contains("Число на странице: \(number)") && !$0.buttons.isEmpty
        }
        try await telegram.tap("✅ Да, это я", under: question, as: person)
        _ = try await telegram.message(to: person) { $0.id == question.id && $0.buttons.isEmpty }
        var headers = sameOrigin
        let cookies = started.headers.fields.filter { $0.name.lowercased() == "set-cookie" }
        let cookie = cookies.compactMap { $0.value.split(separator: ";").first }.joined(separator: "; ")
        headers.add(name: "Cookie", value: cookie)
        let poll = try #require(link["poll"] as? String)
        let body = try JSONSerialization.data(withJSONObject: ["poll": poll])
        let redeemed = try await http.send(
            HTTPRequest(
                method: .post,
                url: site.appending(path: "api/auth/link/redeem"),
                headers: headers,
                body: .bytes(body, contentType: "application/json")
            )
        )
        #expect(redeemed.status == 200, "\(String(decoding: redeemed.body, as: UTF8.self))")
        let session = try JSONSerialization.jsonObject(with: redeemed.body) as? [String: Any]
        return try #require(session?["token"] as? String)
    }

    private var sameOrigin: HTTPHeaders { ["Origin": site.absoluteString] }
}
