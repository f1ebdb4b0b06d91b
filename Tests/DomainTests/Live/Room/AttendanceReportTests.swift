import Domain
import Foundation
import TestSupport
import Testing

/// How many people a show had.
struct AttendanceReportTests {
    private let start = Fixtures.start

    private func seat(
        _ member: Int64,
        _ from: Double,
        _ to: Double?,
        _ device: DeviceKind = .browser
    ) -> AttendanceInterval {
        Fixtures.interval(
            "\(member) \(device) \(from)",
            of: Fixtures.member(member).id,
            .seat(device),
            from: start + from,
            to: to.map { start + $0 }
        )
    }

    private func report(_ intervals: [AttendanceInterval]) -> AttendanceReport {
        AttendanceReport(intervals, from: start, to: start + 100)
    }

    @Test func `two devices of a person at once are one person`() {
        let report = report([seat(1, 0, 60), seat(1, 40, 100, .phone), seat(2, 0, 50)])
        #expect(report.people == 2 && report.peak == 2)
        #expect(report.average == 1.5)
    }

    @Test func `who goes when another one comes does not make the peak higher`() {
        #expect(report([seat(1, 0, 50), seat(2, 50, 100)]).peak == 1)
        #expect(report([seat(1, 0, 51), seat(2, 50, 100)]).peak == 2)
    }

    @Test func `time before and after the show does not count, who is still there counts to its end`() {
        let report = report([seat(1, -500, nil), seat(2, -500, -1), seat(3, 100, 200)])
        #expect(report.people == 1 && report.peak == 1 && report.average == 1)
    }

    @Test func `who was on stage is counted by themselves`() {
        let stage = (1...2).map { number in
            Fixtures.interval("s\(number)", of: Fixtures.member(1).id, .stage, from: start, to: start + 10)
        }
        #expect(report(stage).speakers == 1)
        #expect(report(stage).people == 0)
        #expect(AttendanceReport([], from: start, to: start) == AttendanceReport([], from: start, to: start + 1))
    }

    @Test func `a large show is read to its end`() async throws {
        let store = MemoryClubStore(clock: ManualClock())
        try await store.attendance.keep((1...2_500).map { seat(Int64($0), 0, 100) })
        let report = try await store.attendance.report(of: Fixtures.roomShow, from: start, to: start + 100)
        #expect(report.people == 2_500 && report.peak == 2_500)
    }
}
