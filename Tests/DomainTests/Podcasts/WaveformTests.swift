import Domain
import Foundation
import Testing

struct WaveformTests {
    /// A waveform of samples that come in pieces of so many bytes.
    private func meter(_ samples: [Int16], pieces: Int = 4_096) -> WaveformMeter {
        let bytes = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        var meter = WaveformMeter()
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            bytes[start..<min(start + pieces, bytes.count)].withUnsafeBytes { meter.add($0) }
        }
        return meter
    }

    @Test(arguments: [1, 3, 199, 200, 201, 40_000, 1_000_003])
    func `however long the sound is, there are 200 peaks of all of it`(count: Int) throws {
        var samples = Array(repeating: Int16(0), count: count)
        samples[count - 1] = .min
        let meter = meter(samples)
        #expect(meter.samples == Int64(count))
        let peaks = try #require(meter.waveform).peaks
        #expect(peaks.count == Waveform.count)
        #expect(peaks.last == 100)
    }

    @Test func `a peak is where it sounds`() throws {
        var samples = Array(repeating: Int16(0), count: 200_000)
        samples.replaceSubrange(50_000..<51_000, with: repeatElement(Int16(16_384), count: 1_000))
        let peaks = try #require(meter(samples).waveform).peaks
        #expect(peaks[50] == 50)
        #expect(peaks[48] == 0)
        #expect(peaks[53] == 0)
    }

    @Test(arguments: [1, 2, 3, 7]) func `it does not matter where pieces end`(size: Int) {
        let samples = (0..<9_999).map { Int16(truncatingIfNeeded: $0 * 37) }
        #expect(meter(samples, pieces: size).waveform == meter(samples).waveform)
        #expect(meter(samples, pieces: size).samples == 9_999)
    }

    @Test func `without sound there is no waveform`() {
        #expect(WaveformMeter().waveform == nil)
    }

    @Test func `it travels as one short text, and what is none is refused`() throws {
        let waveform = try #require(Waveform(peaks: (0..<200).map { UInt8($0 / 2) }))
        let json = try JSONEncoder().encode([waveform])
        #expect(json.count < 300)
        #expect(try JSONDecoder().decode([Waveform].self, from: json) == [waveform])
        for text in ["\"\"", "\"AAAA\"", "\"%\"", "[1,2]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Waveform.self, from: Data(text.utf8)) }
        }
        #expect(Waveform(peaks: Array(repeating: 101, count: 200)) == nil)
    }
}
