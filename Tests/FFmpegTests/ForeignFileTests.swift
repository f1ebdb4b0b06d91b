import Domain
import FFmpeg
import Foundation
import Testing

/// Files that are not what their names say, and files that want too much.
@Suite(.timeLimit(.minutes(2)))
struct ForeignFileTests {
    let folder: TestFolder
    let tools: FFmpegTools

    init() throws {
        folder = try TestFolder()
        tools = try .ofThisMachine()
    }

    private func fault(_ file: URL, limits: FFmpegLimits = FFmpegLimits()) async throws -> PreparationFault? {
        let copy = try folder.file("copy")
        do throws(PreparationFault) {
            _ = try await FFmpegPreparer(tools: tools, limits: limits).prepare(file, isVoice: true, copy: copy)
            return nil
        } catch {
            return error
        }
    }

    private func isNotSound(_ fault: PreparationFault?) -> Bool {
        if case .notSound = fault { true } else { false }
    }

    @Test(
        arguments: [
            "", "Just some words.\n", String(repeating: "words without any sound, ", count: 4_000),
            "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "ffconcat version 1.0\nfile '/etc/passwd'\n",
            "[playlist]\nFile1=http://127.0.0.1:9/x\n", "<?xml version=\"1.0\"?><MPD></MPD>",
        ]
    )
    func `text is not sound, whatever its name`(text: String) async throws {
        #expect(isNotSound(try await fault(try folder.file("talk.mp3", Data(text.utf8)))))
    }

    @Test(arguments: ["png", "mjpeg", "gif"]) func `a picture is not sound`(codec: String) async throws {
        let file = try folder.file("talk.ogg")
        try Tool.make(file, from: "color=red:size=64x64", "-frames:v", "1", "-c:v", codec, "-f", "image2pipe")
        #expect(isNotSound(try await fault(file)))
    }

    @Test func `a video without sound is not sound`() async throws {
        let file = try folder.file("silent.mp4")
        try Tool.make(file, from: "testsrc=duration=1:size=64x64", "-c:v", "mpeg4")
        #expect(isNotSound(try await fault(file)))
    }

    @Test func `a recording of which only the head came is not sound`() async throws {
        let whole = try folder.file("whole.ogg")
        try Tool.make(whole, from: "sine=duration=5", "-c:a", "libopus")
        #expect(isNotSound(try await fault(try folder.file("head", try Data(contentsOf: whole).prefix(200)))))
    }

    @Test func `noise that is no format is not sound, or at most a moment of it`() async throws {
        var generator = SystemRandomNumberGenerator()
        let noise = Data((0..<200_000).map { _ in UInt8.random(in: 0...255, using: &generator) })
        let fault = try await fault(try folder.file("noise.mp3", noise))
        #expect(fault == nil || isNotSound(fault))
    }

    @Test func `a file that is not there is not called soundless`() async throws {
        let fault = try await fault(try folder.file("nowhere"))
        #expect(!isNotSound(fault) && fault != nil)
    }

    @Test(arguments: ["wav", "adts"]) func `what is longer than a recording may be gets no copy`(
        format: String
    ) async throws {
        // The first says how long it is; of the second this shows only when it is played.
        let file = try folder.file("long")
        try Tool.make(file, from: "sine=duration=30", "-c:a", format == "wav" ? "pcm_s16le" : "aac", "-f", format)
        var limits = FFmpegLimits()
        limits.duration = .seconds(8)
        #expect(try await fault(file, limits: limits) == .tooLong)
    }

    @Test func `a header that promises days costs no days`() async throws {
        let short = try folder.file("short.wav")
        try Tool.make(short, from: "sine=duration=1", "-bitexact")
        var bytes = try Data(contentsOf: short)
        bytes.replaceSubrange(40..<44, with: [0xF0, 0xFF, 0xFF, 0xFF])
        let copy = try folder.file("copy")
        let file = try folder.file("promise.wav", bytes)
        let sound = try await FFmpegPreparer(tools: tools).prepare(file, isVoice: true, copy: copy)
        #expect(abs(sound.duration.seconds - 1) < 0.1)
    }

    @Test func `a copy cannot become larger than it may`() async throws {
        let file = try folder.file("note.wav")
        try Tool.make(file, from: "anoisesrc=duration=60")
        var limits = FFmpegLimits()
        limits.copySize = 100_000
        let fault = try await fault(file, limits: limits)
        guard case .unfinished = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
        let size = try FileManager.default.attributesOfItem(atPath: folder.url.appending(path: "copy").path)[.size]
        #expect(try #require(size as? Int) <= 100_000)
    }
}
