import Domain

/// Draws how loud a recording is from its beginning to its end.
enum WaveformPicture {
    /// Half of the picture's height.
    private static let middle = 50
    /// Half of the height of silence, so that the line never breaks.
    private static let thinnest = 2

    /// The `d` of an SVG path in a box of 200 × 100: an upright stroke for each peak, the loudest one as high as the box.
    static func path(of waveform: Waveform) -> String {
        let loudest = max(1, Int(waveform.peaks.max() ?? 0))
        return waveform.peaks.enumerated().map { place, peak in
            let height = max(thinnest, Int(peak) * (middle - 1) / loudest)
            return "M\(place).5 \(middle - height)v\(2 * height)"
        }.joined()
    }
}
