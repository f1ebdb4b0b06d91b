import Domain
import Foundation
import Pictures
import Testing
import Tools

@Suite(.timeLimit(.minutes(3)))
struct RSVGPainterTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "fomo-cards-\(UUID().uuidString)")

    private func painter(
        path: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        limits: RSVGPainter.Limits = RSVGPainter.Limits()
    ) throws -> RSVGPainter {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return RSVGPainter(
            tools: try RSVGTools(path: path),
            templates: root.appending(path: "Resources/Templates"),
            workshop: folder.appending(path: "workshop"),
            limits: limits
        )
    }

    private func card(
        _ subject: ProgressCard.Subject = .level(3),
        title: String = "Соавтор",
        note: String = "Клуб растёт вместе с вами."
    ) -> ProgressCard {
        ProgressCard(
            subject: subject,
            language: .ru,
            eyebrow: "Новый уровень",
            title: title,
            note: note,
            club: "FOMO"
        )
    }

    /// A program in the place of rsvg-convert, made of shell lines.
    private func replaced(by lines: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "rsvg-convert")
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
        return folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    }

    private func fault(_ painter: RSVGPainter, _ card: ProgressCard? = nil) async -> CardFault? {
        do throws(CardFault) {
            _ = try await painter.png(card ?? self.card())
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [ProgressCard.Subject.level(3), .badge(.firstSpeaker)])
    func `a card is a picture of 1200 by 630, and nothing is left behind`(_ subject: ProgressCard.Subject) async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = try await painter().png(card(subject))
        // Width and height stand in the first chunk, behind the signature, a length and a name.
        let sizes = [16, 20].map { start in data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
        #expect(sizes == [1200, 630])
        #expect(data.count > 10_000)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "workshop").path)
        #expect(left == [])
    }

    @Test func `what looks like markup is painted as text`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hostile = card(title: "<image href=\"/etc/passwd\"/>&'\u{1}", note: "]]> {title} <script>")
        #expect(try await painter().png(hostile).count > 10_000)
        let path = try replaced(by: "cat \"$7\" | grep -c -e '<image' -e '<script' >&2; exit 1")
        guard case .unpainted(let detail) = await fault(try painter(path: path), hostile) else {
            return #expect(Bool(false))
        }
        #expect(detail.hasSuffix(": 0"))
    }

    @Test func `a program that hangs, fails, writes without end or no picture is no picture`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var limits = RSVGPainter.Limits()
        limits.time = .milliseconds(300)
        let hanging = await fault(try painter(path: try replaced(by: "exec sleep 600"), limits: limits))
        guard case .unpainted(let late) = hanging else { return #expect(Bool(false)) }
        #expect(late.contains("took more than"))
        let failing = await fault(try painter(path: try replaced(by: "echo no fonts >&2\nexit 3")))
        guard case .unpainted(let failed) = failing else { return #expect(Bool(false)) }
        #expect(failed.contains("no fonts"))
        let endless = await fault(try painter(path: try replaced(by: "exec yes")))
        #expect(endless == .unpainted(detail: "the picture has no end"))
        guard case .unpainted = await fault(try painter(path: try replaced(by: "echo text"))) else {
            return #expect(Bool(false))
        }
    }

    @Test func `a missing program is named with its package`() {
        do throws(MissingTools) {
            _ = try RSVGTools(path: "/nowhere")
            #expect(Bool(false))
        } catch {
            #expect(error.programs == ["nice", "prlimit", "rsvg-convert"])
            #expect(error.packages == ["coreutils", "librsvg2-bin", "util-linux"])
        }
    }
}
