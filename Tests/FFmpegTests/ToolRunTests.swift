import Domain
import FFmpeg
import Foundation
import Glibc
import Testing
import Tools

/// Programs that hang, complain or swallow memory, in the place of ffmpeg.
@Suite(.timeLimit(.minutes(3)))
struct ToolRunTests {
    let folder: TestFolder
    let note: URL

    init() throws {
        folder = try TestFolder()
        note = try folder.file("note.ogg", Data("x".utf8))
        try folder.program("ffprobe", #"echo '{"streams":[{"channels":1}],"format":{"duration":"5"}}'"#)
    }

    private func fault(_ change: (inout FFmpegLimits) -> Void = { _ in }) async throws -> PreparationFault? {
        var limits = FFmpegLimits()
        change(&limits)
        let preparer = FFmpegPreparer(tools: try .with(folder), limits: limits)
        let copy = try folder.file("copy")
        do throws(PreparationFault) {
            _ = try await preparer.prepare(note, isVoice: true, copy: copy)
            return nil
        } catch {
            return error
        }
    }

    private func writtenDown(_ file: String) -> [Int32] {
        let text = try? String(contentsOf: folder.url.appending(path: file), encoding: .utf8)
        return (text ?? "").split(separator: "\n").compactMap { Int32($0) }
    }

    /// The processes that a program wrote down, with their ends: they may take a moment to be buried.
    private func areGone(_ file: String) async throws -> Bool {
        let pids = writtenDown(file)
        try #require(!pids.isEmpty)
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            if pids.allSatisfy({ kill($0, 0) != 0 || Self.isZombie($0) }) { return true }
            await Task.yield()
        }
        return false
    }

    private static func isZombie(_ pid: Int32) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        return status?.contains(") Z ") ?? true
    }

    @Test func `a program that hangs and will not be asked to end is killed, with what it started`() async throws {
        try folder.program(
            "ffmpeg",
            "trap '' TERM HUP INT\nsleep 600 &\necho $! >> '\(folder.url.path)/pids'\necho $$ >> '\(folder.url.path)/pids'\nwait"
        )
        // On a busy machine the program may be killed before it has written itself down: it is given more time then.
        var patience = Duration.milliseconds(300)
        var fault: PreparationFault?
        repeat {
            let limit = patience
            fault = try await self.fault { $0.copying = limit }
            patience *= 4
        } while writtenDown("pids").count < 2 && patience < .seconds(60)
        guard case .unfinished(let detail) = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
        #expect(detail.contains("ffmpeg took more than"))
        #expect(try await areGone("pids"))
    }

    @Test func `a cancelled task ends its program`() async throws {
        try folder.program("ffmpeg", "echo $$ > '\(folder.url.path)/pids'\nexec sleep 600")
        let preparer = FFmpegPreparer(tools: try .with(folder))
        let (note, copy) = (note, try folder.file("copy"))
        let running = Task { () throws(PreparationFault) in
            try await preparer.prepare(note, isVoice: true, copy: copy)
        }
        let pids = folder.url.appending(path: "pids").path
        while !FileManager.default.fileExists(atPath: pids) { await Task.yield() }
        running.cancel()
        await #expect(throws: PreparationFault.cancelled) { try await running.value }
        while (try String(contentsOfFile: pids, encoding: .utf8)).isEmpty { await Task.yield() }
        #expect(try await areGone("pids"))
    }

    @Test func `memory, time, files and the environment are limited`() async throws {
        try folder.program(
            "ffprobe",
            #"echo "{\"error\":{\"code\":-12,\"string\":\"$(ulimit -v) $(ulimit -n) $(ulimit -c) $(nice) $(env | grep -c -v '^\(PWD\|_\|SHLVL\|OLDPWD\)=')\"}}""#
        )
        let fault = try await fault { $0.memory = 512 << 20 }
        #expect(fault == .unfinished(detail: "ffprobe: \((512 << 20) / 1024) 64 0 10 1"))
    }

    @Test func `a program that wants more memory than it may have fails, and the club does not`() async throws {
        try folder.program("ffmpeg", "exec /usr/bin/env python3 -c 'x = bytearray(900 << 20)'")
        let fault = try await fault { $0.memory = 256 << 20 }
        guard case .unfinished(let detail) = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
        #expect(detail.contains("MemoryError"))
    }

    @Test func `complaints without end are cut, and answers without end are stopped`() async throws {
        try folder.program("ffmpeg", "yes complaint | head -c 5000000 >&2\nexit 3")
        let fault = try await fault()
        guard case .unfinished(let detail) = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
        #expect(detail.utf8.count < 500)
        try folder.program("ffprobe", "exec yes '{'")
        #expect(try await self.fault() == .unfinished(detail: "ffprobe answers without end"))
    }

    @Test func `a full disk is not the file's fault`() async throws {
        try folder.program("ffmpeg", "echo 'file:x: No space left on device' >&2\nexit 1")
        let fault = try await fault()
        guard case .unavailable = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
    }

    @Test func `what is missing is named with its packages`() throws {
        #expect(throws: FFmpegTools.Missing.self) { try FFmpegTools(path: "usr/bin:relative") }
        do {
            _ = try FFmpegTools(path: folder.url.path)
        } catch {
            #expect(error.programs == ["ffmpeg", "nice", "prlimit"])
            #expect(error.packages == ["coreutils", "ffmpeg", "util-linux"])
        }
    }
}
