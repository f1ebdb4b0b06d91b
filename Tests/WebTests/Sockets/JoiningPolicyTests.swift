import NIOCore
import Testing

@testable import Web

struct JoiningPolicyTests {
    private let policy = JoiningPolicy()

    private func wait(
        messages: Int = 1,
        bytes: Int = 200,
        listeners: Int = 4_000,
        last: Int = 1,
        elapsed: TimeAmount? = .milliseconds(5)
    ) -> TimeAmount {
        policy.wait(for: (messages, bytes), listeners: listeners, last: last, elapsed: elapsed)
    }

    @Test func `in a large room a stream of messages waits for the rest of the window`() {
        #expect(wait(messages: 2) == .milliseconds(15))
        #expect(wait(last: 3) == .milliseconds(15))
    }

    @Test func `a single message after a single message does not wait`() {
        #expect(wait() == .zero)
    }

    @Test func `nothing waits in a small room, after a pause, at the beginning, or when it is much`() {
        #expect(wait(messages: 9, listeners: 249) == .zero)
        #expect(wait(messages: 9, elapsed: .milliseconds(20)) == .zero)
        #expect(wait(messages: 9, elapsed: .seconds(3)) == .zero)
        #expect(wait(messages: 9, elapsed: nil) == .zero)
        #expect(wait(messages: 9, bytes: 64 * 1024) == .zero)
    }
}
