import Foundation
import Testing

@testable import Web

@Suite struct ISO8601Tests {
    @Test(arguments: [
        ("2026-06-01T12:00:00Z", 1_780_315_200.0), ("2026-06-01T15:00:00+03:00", 1_780_315_200),
        ("2026-06-01T15:00+0300", 1_780_315_200), ("2026-06-01t07:30:00.25-04:30", 1_780_315_200.25),
        ("2026-06-01T12:00:00.1239z", 1_780_315_200.123), ("2024-02-29T00:00:00Z", 1_709_164_800),
    ])
    func `a moment with its zone is read`(text: String, seconds: Double) {
        #expect(ISO8601.date(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: [
        "", "tomorrow", "2026-06-01", "2026-06-01T12:00:00", "2026-06-01 12:00:00Z", "2026-13-01T12:00:00Z",
        "2026-02-29T12:00:00Z", "2026-06-01T24:00:00Z", "2026-06-01T12:60:00Z", "2026-06-01T12:00:61Z",
        "2026-06-01T12:00:00+24:00", "2026-06-01T12:00:00+03:60", "٢٠٢٦-06-01T12:00:00Z", "20260601T120000Z",
        "2026-06-01T12:00:00Z ", "99999-06-01T12:00:00Z",
    ])
    func `what is no moment is none`(text: String) {
        #expect(ISO8601.date(text) == nil)
    }
}
