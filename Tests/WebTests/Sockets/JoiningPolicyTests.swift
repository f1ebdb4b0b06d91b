import NIOCore
import Testing

@testable import Web

struct JoiningPolicyTests {
    private let policy = JoiningPolicy()

    private func wait(
        messages: Int = 1,
        fresh: Int = 0,
        bytes: Int = 200,
        listeners: Int = 4_000,
        last: Int = 1,
        elapsed: TimeAmount? = .milliseconds(5)
    ) -> TimeAmount {
        policy.wait(for: (messages, fresh, bytes), listeners: listeners, last: last, elapsed: elapsed)
    }

    @Test func `in a large room a stream of messages waits for the rest of the window`() {
        #expect(wait(messages: 2) == .milliseconds(15))
        #expect(wait(last: 2) == .milliseconds(15))
    }

    @Test func `a single message after a single message does not wait`() {
        #expect(wait() == .zero)
    }

    @Test func `less than half of what the last write had waits for two windows at most`() {
        #expect(wait(messages: 7, fresh: 7, last: 15) == .milliseconds(35))
        #expect(wait(messages: 8, fresh: 8, last: 15) == .milliseconds(15))
        #expect(wait(messages: 7, fresh: 7, last: 15, elapsed: .milliseconds(40)) == .zero)
    }

    @Test func `as many as the last write had, since then, are written at once`() {
        #expect(wait(messages: 15, fresh: 15, last: 16) == .milliseconds(15))
        #expect(wait(messages: 16, fresh: 12, last: 16) == .milliseconds(15))
        #expect(wait(messages: 16, fresh: 16, last: 16) == .zero)
        #expect(wait(messages: 2, fresh: 2, last: 1) == .milliseconds(15))
    }

    @Test func `nothing waits in a small room, after a pause, at the beginning, or when it is much`() {
        #expect(wait(messages: 9, listeners: 249) == .zero)
        #expect(wait(messages: 9, elapsed: .milliseconds(20)) == .zero)
        #expect(wait(messages: 9, elapsed: .seconds(3)) == .zero)
        #expect(wait(messages: 9, elapsed: nil) == .zero)
        #expect(wait(messages: 9, bytes: 64 * 1024) == .zero)
    }
}
