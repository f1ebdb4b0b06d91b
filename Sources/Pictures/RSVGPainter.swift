import Domain
import Foundation
import Synchronization
import Tools

/// Paints cards with Debian's `rsvg-convert`, from the templates in `Resources/Templates`.
///
/// The program gets a file of this program's own making, which names no other; its time, memory and output are limited.
public struct RSVGPainter: CardPainter {
    /// What one picture may cost.
    public struct Limits: Equatable, Sendable {
        /// A picture takes a fifth of a second; the first one on a machine looks through all fonts.
        public var time: Duration = .seconds(20)
        /// Bytes of address space.
        public var memory: Int64 = 1 << 30
        /// Largest picture, in bytes.
        public var size = 2_000_000

        public init() {}
    }

    private let tools: RSVGTools
    private let templates: URL
    private let workshop: URL
    private let limits: Limits

    /// - Parameters:
    ///   - tools: The programs.
    ///   - templates: The folder with `card-level.svg` and `card-badge.svg`.
    ///   - workshop: A folder of this process's own, for files that are gone with their picture.
    ///   - limits: What one picture may cost.
    public init(tools: RSVGTools, templates: URL, workshop: URL, limits: Limits = Limits()) {
        self.tools = tools
        self.templates = templates
        self.workshop = workshop
        self.limits = limits
    }

    public func png(_ card: ProgressCard) async throws(CardFault) -> Data {
        let layout = CardLayout(card: card)
        let file = workshop.appending(path: "card-\(UUID().uuidString).svg")
        defer { try? FileManager.default.removeItem(at: file) }
        do {
            let source = try String(contentsOf: templates.appending(path: layout.template), encoding: .utf8)
            try FileManager.default.createDirectory(at: workshop, withIntermediateDirectories: true)
            try Data(SVGTemplate(source).filled(layout.texts).utf8).write(to: file)
        } catch {
            throw .unpainted(detail: "\(layout.template) cannot be laid out: \(error.localizedDescription)")
        }
        return try await painted(file)
    }

    private func painted(_ file: URL) async throws(CardFault) -> Data {
        let picture = Mutex(Data())
        let limit = limits.size
        let tool = ToolRun(
            limiter: tools.limiter,
            program: tools.convert,
            arguments: ["--format", "png", "--width", "1200", "--height", "630", file.path],
            time: limits.time,
            memory: limits.memory,
            fileSize: 0
        )
        let outcome: ToolRun.Outcome
        do throws(ToolFault) {
            outcome = try await tool { piece in
                let size = picture.withLock { picture in
                    picture.append(contentsOf: piece)
                    return picture.count
                }
                guard size <= limit else { throw CardFault.unpainted(detail: "the picture has no end") }
            }
        } catch {
            throw Self.fault(error)
        }
        let data = picture.withLock { $0 }
        guard outcome.isSuccess, data.starts(with: Self.signature) else {
            throw .unpainted(detail: "\(outcome.ending): \(PlainText.line(outcome.complaint, limit: 300))")
        }
        return data
    }

    /// Source: PNG specification, "PNG signature".
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static func fault(_ fault: ToolFault) -> CardFault {
        switch fault {
        case .tooSlow(let detail), .unavailable(let detail): .unpainted(detail: detail)
        case .cancelled: .cancelled
        case .stopped(let reason): reason as? CardFault ?? .unpainted(detail: "\(reason)")
        }
    }
}
