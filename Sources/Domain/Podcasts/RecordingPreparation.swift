import Foundation

extension Recording {
    /// What became of a stored file when it was looked into.
    public enum Preparation: Codable, Equatable, Sendable {
        /// It has a copy that every browser plays.
        case ready(Rendition)
        /// There will be no copy; whoever asks gets the file as it was posted.
        case originalOnly(OriginalOnlyReason)
    }

    /// Why there is no copy of a file.
    public enum OriginalOnlyReason: String, Codable, CaseIterable, Sendable {
        /// There is no sound in it.
        case notSound = "not_sound"
        /// It lasts longer than a recording may.
        case tooLong = "too_long"
        /// Making one has failed again and again.
        case failed
    }

    /// A copy of a recording's sound, in the media folder like the original.
    public struct Rendition: Codable, Equatable, Sendable {
        public var key: MediaKey
        public var bytes: Int64
        public var mediaType: String
        public var waveform: Waveform

        public init(key: MediaKey, bytes: Int64, mediaType: String, waveform: Waveform) {
            self.key = key
            self.bytes = bytes
            self.mediaType = mediaType
            self.waveform = waveform
        }
    }

    /// The stored file that is still to be looked into, nil where there is none.
    public var fileToPrepare: MediaKey? {
        guard case .stored(let key, _) = media, preparation == nil else { return nil }
        return key
    }

    /// The copy for browsers, where there is one.
    public var rendition: Rendition? {
        guard case .stored = media, case .ready(let rendition) = preparation else { return nil }
        return rendition
    }
}

/// What a look into a stored file has shown.
public enum PreparationResult: Equatable, Sendable {
    /// There is a copy of it now, and this is how long it really is.
    case ready(Recording.Rendition, duration: Duration)
    /// It is left as it is.
    case originalOnly(Recording.OriginalOnlyReason)
}

/// What is learned of a file while its copy is made.
public struct PreparedSound: Equatable, Sendable {
    /// Of what could be played, not what the file says about itself.
    public var duration: Duration
    public var waveform: Waveform
    /// Of the copy.
    public var mediaType: String

    public init(duration: Duration, waveform: Waveform, mediaType: String) {
        self.duration = duration
        self.waveform = waveform
        self.mediaType = mediaType
    }
}

/// Looks into the files of recordings and makes copies that every browser plays.
public protocol RecordingPreparer: Sendable {
    /// Reads how long a file really is and how loud it is where, and writes a copy of its sound.
    ///
    /// The loudness stays as it is. The same file gives the same copy.
    /// - Parameters:
    ///   - original: The file; it is not trusted.
    ///   - isVoice: Whether it is speech, for which one channel and less data do.
    ///   - copy: Where the copy is written, complete when this returns. What is there before is replaced.
    /// - Returns: What was learned of it.
    /// - Throws: `PreparationFault`; then what is at `copy` is of no use.
    func prepare(_ original: URL, isVoice: Bool, copy: URL) async throws(PreparationFault) -> PreparedSound
}

/// Why a file has no copy.
public enum PreparationFault: Error, Equatable, Sendable {
    /// There is no sound in the file, whatever its name says. Trying again does not help.
    case notSound(detail: String)
    /// It lasts longer than a recording may. Trying again does not help.
    case tooLong
    /// It took too long, too much memory, or crashed: the file's fault probably. It may be tried again some times.
    case unfinished(detail: String)
    /// It could not be begun, or the disk is full: not the file's fault. Try again later.
    case unavailable(detail: String)
    /// The task was cancelled.
    case cancelled
}
