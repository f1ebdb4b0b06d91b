import Domain
import Testing

struct LevelTests {
    @Test(arguments: [
        (-10, 1), (0, 1), (499, 1), (500, 2), (1_499, 2), (1_500, 3), (3_499, 3), (3_500, 4), (6_999, 4), (7_000, 5),
        (1_000_000, 5),
    ])
    func `a level begins with its threshold`(xp: Int, level: Int) {
        #expect(Level(xp: xp).rawValue == level)
    }

    @Test func `with 750 XP a quarter of the way to the third level is done and 750 XP are left`() {
        let level = Level(xp: 750)
        #expect(level == .activeMember)
        #expect(level.next == .contributor)
        #expect(level.progress(at: 750) == 0.25)
        #expect(level.left(at: 750) == 750)
    }

    @Test func `there is nothing above the highest level`() {
        #expect(Level.coreVoice.next == nil)
        #expect(Level.coreVoice.left(at: 9_000) == nil)
        #expect(Level.coreVoice.progress(at: 9_000) == 1)
    }

    @Test func `an observer whose XP were taken is at the beginning of the way`() {
        #expect(Level.observer.progress(at: -100) == 0)
        #expect(Level.observer.left(at: -100) == 600)
    }
}
