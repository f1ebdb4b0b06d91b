import TestSupport
import Testing

@testable import Web

@Suite struct RateLimiterTests {
    private let clock = ManualClock()

    @Test func `after a burst one has to wait, and may then go on`() throws {
        let limiter = RateLimiter(burst: 3, interval: .seconds(10), clock: clock)
        let address = IPAddress("1.2.3.4")
        for _ in 0..<3 { try limiter.admit(address) }
        #expect(throws: RequestFault.tooManyRequests(retryAfter: .seconds(10))) { try limiter.admit(address) }
        clock.advance(by: .seconds(4))
        #expect(throws: RequestFault.tooManyRequests(retryAfter: .seconds(6))) { try limiter.admit(address) }
        clock.advance(by: .seconds(6))
        try limiter.admit(address)
        #expect(throws: RequestFault.self) { try limiter.admit(address) }
    }

    @Test func `one address does not use up the permits of another`() throws {
        let limiter = RateLimiter(burst: 1, interval: .seconds(10), clock: clock)
        try limiter.admit(IPAddress("1.2.3.4"))
        try limiter.admit(IPAddress("1.2.3.5"))
    }

    @Test func `the addresses of one household in IPv6 count together`() throws {
        let limiter = RateLimiter(burst: 1, interval: .seconds(10), clock: clock)
        try limiter.admit(IPAddress("2001:db8::1"))
        #expect(throws: RequestFault.self) { try limiter.admit(IPAddress("2001:db8::2")) }
        try limiter.admit(IPAddress("2001:db8:0:1::1"))
    }

    @Test func `beyond its memory it forgets who came longest ago`() throws {
        let limiter = RateLimiter(burst: 1, interval: .seconds(10), households: 2, clock: clock)
        try limiter.admit(IPAddress("1.0.0.1"))
        for last in 2...3 { try limiter.admit(IPAddress("1.0.0.\(last)")) }
        #expect(throws: RequestFault.self) { try limiter.admit(IPAddress("1.0.0.1")) }
        for last in 4...8 { try limiter.admit(IPAddress("1.0.0.\(last)")) }
        try limiter.admit(IPAddress("1.0.0.1"))
    }
}
