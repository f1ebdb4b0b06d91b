import Testing

@testable import Web

struct SocketQuotaTests {
    private let quota = SocketQuota()

    @Test func `a permit counts for its member and address as long as it is kept`() throws {
        let limits: [SocketQuota.Holder: Int] = [.member("m"): 2, .household([1]): 3]
        var permits = [try #require(quota.reserve(limits)), try #require(quota.reserve(limits))]
        #expect(quota.reserve(limits) == nil)
        #expect(quota.count(of: .member("m")) == 2)
        permits.removeLast()
        #expect(quota.count(of: .member("m")) == 1)
        #expect(quota.reserve(limits) != nil)
        permits.removeAll()
        #expect(quota.count(of: .household([1])) == 0)
    }

    @Test func `where one holder has its most, none is counted`() throws {
        let first = try #require(quota.reserve([.household([1]): 1]))
        #expect(quota.reserve([.member("n"): 5, .household([1]): 1]) == nil)
        #expect(quota.count(of: .member("n")) == 0)
        withExtendedLifetime(first) {}
    }
}
