/// Makes a waveform of sound that comes in pieces, however long it will be, in little memory.
///
/// It keeps the peak of each stretch of sound, and joins stretches in pairs whenever there are too many of them.
public struct WaveformMeter: Sendable {
    /// How many stretches are kept at most: several for each peak of the waveform.
    private static let capacity = 8 * Waveform.count

    /// How many samples there were.
    public private(set) var samples: Int64 = 0
    private var peaks: [UInt16] = []
    /// Of the stretch that is not complete yet.
    private var peak: UInt16 = 0
    private var filled = 0
    private var stretch = 16
    /// The first half of a sample that was cut in two by the end of a piece.
    private var half: UInt8?

    public init() {
        peaks.reserveCapacity(Self.capacity)
    }

    /// Takes the next piece: signed samples of 16 bits, the lower byte first, one channel. A piece may end within a
    /// sample.
    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        if let low = half, let high = rest.first {
            half = nil
            add(low, high)
            rest = rest.dropFirst()
        }
        var index = rest.startIndex
        while index + 1 < rest.endIndex {
            add(bytes[index], bytes[index + 1])
            index += 2
        }
        if index < rest.endIndex { half = bytes[index] }
    }

    /// The waveform of all pieces; nil where there was no sample.
    public var waveform: Waveform? {
        let all = filled > 0 ? peaks + [peak] : peaks
        guard !all.isEmpty else { return nil }
        return Waveform(
            peaks: (0..<Waveform.count).map { place in
                let first = place * all.count / Waveform.count
                let end = max(first + 1, (place + 1) * all.count / Waveform.count)
                let loudest = Int(all[first..<end].max() ?? 0)
                return UInt8((loudest * Int(Waveform.loudest) + 16_384) / 32_768)
            }
        )
    }

    private mutating func add(_ low: UInt8, _ high: UInt8) {
        let sample = Int16(bitPattern: UInt16(high) << 8 | UInt16(low))
        peak = max(peak, sample.magnitude)
        samples += 1
        filled += 1
        guard filled == stretch else { return }
        peaks.append(peak)
        (peak, filled) = (0, 0)
        guard peaks.count == Self.capacity else { return }
        peaks = stride(from: 0, to: peaks.count, by: 2).map { max(peaks[$0], peaks[$0 + 1]) }
        stretch *= 2
    }
}
