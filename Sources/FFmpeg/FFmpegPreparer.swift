import Domain
import Foundation
import Synchronization
import Tools

/// Prepares recordings with Debian's `ffmpeg` and `ffprobe`.
///
/// The copy is AAC in MPEG-4 with its index in front, which every browser plays while it is still coming in: one channel
/// at 64 kbit/s or two at 128. Files are named by this program only, and reach ffmpeg as `file:` and an absolute path;
/// it opens no other protocol, and only formats that hold sound and name no further files.
public struct FFmpegPreparer: RecordingPreparer {
    /// The type of copies.
    public static let mediaType = "audio/mp4"

    /// Formats that are read. Playlists, lists of files and pictures are not among them.
    private static let formats = [
        "aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "dts", "eac3", "flac", "matroska", "mov", "mp3",
        "mpc", "mpc8", "mpeg", "mpegts", "ogg", "tta", "w64", "wav", "wv",
    ]
    /// Samples a second of the sound that the waveform is made of.
    private static let waveformRate: Int64 = 8_000
    /// The most that ffprobe may answer, in bytes.
    private static let answerSize = 100_000

    private let tools: FFmpegTools
    private let limits: FFmpegLimits

    public init(tools: FFmpegTools, limits: FFmpegLimits = FFmpegLimits()) {
        self.tools = tools
        self.limits = limits
    }

    public func prepare(
        _ original: URL,
        isVoice: Bool,
        copy: URL
    ) async throws(PreparationFault) -> PreparedSound {
        let probe = try await probe(original)
        if let duration = probe.duration, duration > limits.duration { throw .tooLong }
        // A program that an earlier run has left may still hold the old file open.
        try? FileManager.default.removeItem(at: copy)
        let meter = Mutex(WaveformMeter())
        let channels = isVoice ? 1 : min(2, probe.channels)
        let outcome = try await run(tools.ffmpeg, Self.copying(original, to: copy, channels, limits), limits.copying) {
            piece in meter.withLock { $0.add(piece) }
        }
        let (samples, waveform) = meter.withLock { ($0.samples, $0.waveform) }
        let duration = Duration.milliseconds(samples * 1_000 / Self.waveformRate)
        guard outcome.isSuccess else { throw Self.fault(outcome) }
        // The last moments are cut off there, so it was longer.
        guard duration < limits.duration else { throw .tooLong }
        guard let waveform else { throw .notSound(detail: "no sound could be decoded") }
        return PreparedSound(duration: duration, waveform: waveform, mediaType: Self.mediaType)
    }

    private func probe(_ original: URL) async throws(PreparationFault) -> SoundProbe {
        let answer = Mutex(Data())
        let outcome = try await run(tools.ffprobe, Self.probing(original), limits.probing) {
            (piece) throws(PreparationFault) in
            let size = answer.withLock { answer in
                answer.append(contentsOf: piece)
                return answer.count
            }
            guard size <= Self.answerSize else { throw .unfinished(detail: "ffprobe answers without end") }
        }
        let json = answer.withLock { $0 }
        guard outcome.isSuccess || !json.isEmpty else { throw Self.fault(outcome) }
        return try SoundProbe(json)
    }

    private func run(
        _ program: String,
        _ arguments: [String],
        _ time: Duration,
        _ take: @escaping @Sendable (UnsafeRawBufferPointer) throws(PreparationFault) -> Void
    ) async throws(PreparationFault) -> ToolRun.Outcome {
        let tool = ToolRun(
            limiter: tools.limiter,
            program: program,
            arguments: arguments,
            time: time,
            memory: limits.memory,
            fileSize: limits.copySize
        )
        do throws(ToolFault) {
            return try await tool(take)
        } catch {
            throw Self.fault(error)
        }
    }

    private static func fault(_ fault: ToolFault) -> PreparationFault {
        switch fault {
        case .tooSlow(let detail): .unfinished(detail: detail)
        case .unavailable(let detail): .unavailable(detail: detail)
        case .cancelled: .cancelled
        case .stopped(let reason): reason as? PreparationFault ?? .unfinished(detail: "\(reason)")
        }
    }

    private static func fault(_ outcome: ToolRun.Outcome) -> PreparationFault {
        let detail = "\(outcome.ending): \(PlainText.line(outcome.complaint, limit: 300))"
        let isOfThisMachine = ["No space left on device", "Permission denied", "Read-only file system"].contains {
            outcome.complaint.contains($0)
        }
        return isOfThisMachine ? .unavailable(detail: detail) : .unfinished(detail: detail)
    }

    // MARK: Command lines

    private static func input(_ file: URL) -> [String] {
        [
            "-protocol_whitelist", "file", "-format_whitelist", formats.joined(separator: ","),
            "-i", "file:\(file.path)",
        ]
    }

    static func probing(_ original: URL) -> [String] {
        [
            "-v", "error", "-print_format", "json", "-show_error", "-select_streams", "a",
            "-show_entries", "format=duration:stream=channels",
        ] + input(original)
    }

    /// One decoding makes both: the copy, and to standard output what the waveform is made of.
    static func copying(_ original: URL, to copy: URL, _ channels: Int, _ limits: FFmpegLimits) -> [String] {
        let length = "\(limits.duration.components.seconds)"
        let common = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-threads", "1"]
        let encoding = [
            "-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-c:a", "aac",
            "-ac", "\(channels)", "-b:a", channels == 1 ? "64k" : "128k", "-t", length, "-threads", "1",
            // Nothing of the moment or the version is written, so that the same file gives the same copy.
            "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "ipod",
            "file:\(copy.path)",
        ]
        let waveform = [
            "-map", "0:a:0", "-vn", "-c:a", "pcm_s16le", "-ac", "1", "-ar", "\(waveformRate)", "-t", length,
            "-f", "s16le", "pipe:1",
        ]
        return common + input(original) + encoding + waveform
    }
}
