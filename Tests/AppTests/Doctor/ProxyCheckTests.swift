import Foundation
import HTTPClient
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct ProxyCheckTests {
    @Test(arguments: ["http", "socks5", "socks5h"])
    func `whoever answers at the address counts, whatever it speaks`(scheme: String) async throws {
        let telegram = try await Telegram()
        let port = try #require(telegram.address.port)
        let proxy = try Proxy(parsing: "\(scheme)://me:s3cret@127.0.0.1:\(port)")

        let finding = try #require(await ProxyCheck(proxy: proxy).finding())

        #expect(finding == .ok("TELEGRAM_PROXY", "\(scheme)://127.0.0.1:\(port) accepts connections"))
        await telegram.stop()
    }

    @Test func `an address where nobody listens is a fault`() async throws {
        let port = try Program.freePort()
        let proxy = try Proxy(parsing: "socks5://127.0.0.1:\(port)")

        let finding = try #require(await ProxyCheck(proxy: proxy).finding())

        #expect(finding.verdict == .fault)
        #expect(finding.advice?.contains("start the proxy") == true)
    }
}
