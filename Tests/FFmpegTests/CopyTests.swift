import Domain
import FFmpeg
import Foundation
import Testing

/// What becomes of good files, with the real ffmpeg; ffprobe judges the copies.
@Suite(.timeLimit(.minutes(2)))
struct CopyTests {
    let folder: TestFolder
    let preparer: FFmpegPreparer

    init() throws {
        folder = try TestFolder()
        preparer = FFmpegPreparer(tools: try .ofThisMachine())
    }

    @Test func `a voice note becomes AAC in one channel at 64 kbit a second, with its index in front`() async throws {
        let note = try folder.file("-note.oga")
        try Tool.make(note, from: "sine=frequency=300:duration=20:sample_rate=48000", "-c:a", "libopus", "-f", "ogg")
        let copy = try folder.file("copy")
        let sound = try await preparer.prepare(note, isVoice: true, copy: copy)

        #expect(abs(sound.duration.seconds - 20) < 0.1)
        #expect(sound.mediaType == "audio/mp4")
        let (stream, format) = try Tool.judge(copy)
        #expect(stream["codec_name"] as? String == "aac")
        #expect(stream["channels"] as? Int == 1)
        let rate = try #require((stream["bit_rate"] as? String).flatMap(Double.init))
        #expect((50_000...72_000).contains(rate))
        #expect((format["format_name"] as? String)?.contains("m4a") == true)
        let bytes = try Data(contentsOf: copy)
        let index = try #require(bytes.range(of: Data("moov".utf8)))
        let media = try #require(bytes.range(of: Data("mdat".utf8)))
        #expect(index.lowerBound < media.lowerBound)
    }

    @Test(
        arguments: [
            ("libmp3lame", "mp3"), ("pcm_s16le", "wav"), ("flac", "flac"), ("aac", "m4a"), ("libvorbis", "ogg"),
            ("aac", "adts"), ("pcm_s16be", "aiff"),
        ]
    )
    func `music of every usual format becomes AAC in two channels`(codec: String, format: String) async throws {
        let file = try folder.file("music")
        try Tool.make(
            file,
            from: "aevalsrc=0.5*sin(700*t)|0.5*sin(900*t):duration=6:sample_rate=44100",
            "-c:a",
            codec,
            "-f",
            format == "m4a" ? "ipod" : format
        )
        let copy = try folder.file("copy")
        let sound = try await preparer.prepare(file, isVoice: false, copy: copy)

        #expect(abs(sound.duration.seconds - 6) < 0.15)
        let (stream, _) = try Tool.judge(copy)
        #expect(stream["codec_name"] as? String == "aac")
        #expect(stream["channels"] as? Int == 2)
        #expect(try #require((stream["bit_rate"] as? String).flatMap(Double.init)) > 90_000)
    }

    @Test func `of a video only the sound is copied`() async throws {
        let file = try folder.file("round.mp4")
        try Tool.make(
            file,
            from: "testsrc=duration=3:size=96x96:rate=10[out0];sine=duration=3[out1]",
            "-c:v",
            "mpeg4",
            "-c:a",
            "aac"
        )
        let copy = try folder.file("copy")
        let sound = try await preparer.prepare(file, isVoice: false, copy: copy)
        #expect(abs(sound.duration.seconds - 3) < 0.15)
        let (stream, _) = try Tool.judge(copy)
        #expect(stream["codec_type"] as? String == "audio")
        #expect(stream["channels"] as? Int == 1)
    }

    @Test func `the waveform shows where it is loud and where it is silent`() async throws {
        let file = try folder.file("steps.wav")
        try Tool.make(file, from: "aevalsrc=if(lt(t\\,5)\\,0\\,0.5*sin(2000*t)):duration=10:sample_rate=16000")
        let sound = try await preparer.prepare(file, isVoice: true, copy: try folder.file("copy"))
        let peaks = sound.waveform.peaks
        #expect(peaks[..<98].allSatisfy { $0 == 0 })
        #expect(peaks[102...].allSatisfy { (47...53).contains($0) })
    }

    @Test func `the same file gives the same copy, whatever was there before`() async throws {
        let file = try folder.file("note.wav")
        try Tool.make(file, from: "sine=duration=2", "-metadata", "title=Secret")
        let first = try folder.file("first")
        let second = try folder.file("second", Data(repeating: 7, count: 900_000))
        _ = try await preparer.prepare(file, isVoice: true, copy: first)
        _ = try await preparer.prepare(file, isVoice: true, copy: second)
        let bytes = try Data(contentsOf: first)
        #expect(try bytes == Data(contentsOf: second))
        #expect(bytes.range(of: Data("Secret".utf8)) == nil)
    }

    @Test func `what comes before a file broke off is kept, and its true length is told`() async throws {
        let whole = try folder.file("whole.ogg")
        try Tool.make(whole, from: "sine=duration=60", "-c:a", "libopus", "-page_duration", "100000")
        let bytes = try Data(contentsOf: whole)
        let broken = try folder.file("broken", bytes.prefix(bytes.count / 2))
        let sound = try await preparer.prepare(broken, isVoice: true, copy: try folder.file("copy"))
        #expect((20...40).contains(sound.duration.seconds))
    }
}
