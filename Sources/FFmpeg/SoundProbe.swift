import Domain
import Foundation

/// What a file says about itself.
struct SoundProbe: Equatable, Sendable {
    /// How long it claims to be, where it says so.
    var duration: Duration?
    /// Of its first sound.
    var channels: Int

    /// - Parameter json: What `ffprobe -print_format json -show_error` has written.
    /// - Throws: `.notSound`; `.unfinished` where the answer cannot be read or tells another fault.
    init(_ json: Data) throws(PreparationFault) {
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: json)
        } catch {
            throw .unfinished(detail: "ffprobe gave no answer")
        }
        if let error = answer.error {
            let detail = "ffprobe: \(error.string)"
            throw Self.codesOfOtherFiles.contains(error.code) ? .notSound(detail: detail) : .unfinished(detail: detail)
        }
        guard let sound = answer.streams?.first, let channels = sound.channels, channels > 0 else {
            throw .notSound(detail: "there is no sound among its streams")
        }
        self.channels = channels
        duration = answer.format?.duration.flatMap(Double.init).flatMap(Self.duration)
    }

    /// What ffprobe answers to files of other kinds: EINVAL (not of a format that is allowed), AVERROR_EOF,
    /// AVERROR_INVALIDDATA. Source: libavutil/error.h.
    private static let codesOfOtherFiles: Set<Int> = [-22, -541_478_725, -1_094_995_529]

    private static func duration(_ seconds: Double) -> Duration? {
        guard seconds.isFinite, seconds >= 0 else { return nil }
        return .seconds(min(seconds, 1e9))
    }

    private struct Answer: Decodable {
        struct Stream: Decodable {
            var channels: Int?
        }

        struct Format: Decodable {
            var duration: String?
        }

        struct Fault: Decodable {
            var code: Int
            var string: String
        }

        var streams: [Stream]?
        var format: Format?
        var error: Fault?
    }
}
