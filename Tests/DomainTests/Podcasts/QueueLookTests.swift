import Testing

@testable import Domain

/// How deep a queue is looked into.
struct QueueLookTests {
    @Test func `it goes twice as deep until there is enough`() {
        var look = QueueLook()
        var depths: [Int] = []
        repeat { depths.append(look.depth) } while look.goesDeeper(read: look.depth, isEnough: look.depth >= 400)
        #expect(depths == [100, 200, 400])
        #expect(!look.isWhole)
    }

    @Test func `it ends where the queue ends`() {
        var look = QueueLook()
        let answers = [100, 199].map { look.goesDeeper(read: $0, isEnough: false) }
        #expect(answers == [true, false])
        #expect(look.isWhole)
    }

    @Test func `it does not go deeper for ever`() {
        var look = QueueLook()
        while look.goesDeeper(read: look.depth, isEnough: false) {}
        #expect(look.depth == QueueLook.longest)
    }
}
