import Foundation

/// Where the body of one answer goes: into memory or into a file, within its bounds. Used on the loop's thread only.
final class ResponseSink {
    /// Why the body is not taken any further.
    enum Refusal: Error {
        case tooLarge
        case malformed
        case incomplete
        case stale
        case unwritable(errno: Int32)
    }

    /// The first byte to ask for: how many bytes are there already and can be continued.
    let offset: Int64
    private let target: Order.DownloadTarget?
    private let file: PartialFile?
    private let maximumMemory: Int
    private var memory = Data()
    private var plan: ResumePlan?

    /// Opens the file of a download.
    init(_ order: Order) throws(Refusal) {
        maximumMemory = order.request.maximumResponseBytes
        guard case .file(let target) = order.destination else {
            self.target = nil
            file = nil
            offset = 0
            return
        }
        let file: PartialFile
        do throws(PartialFile.Failure) {
            file = try PartialFile(at: target.file)
        } catch {
            throw .unwritable(errno: error.errno)
        }
        let canContinue = !target.startsAnew && target.entityTag.map(ResumePlan.isStrong) ?? true
        self.target = target
        self.file = file
        offset = canContinue ? file.initialSize : 0
        guard offset <= target.maximumBytes ?? .max else { throw .tooLarge }
    }

    /// The version that the bytes in the file belong to, where it is known.
    func entityTag(_ head: ResponseHead) -> String? {
        switch plan {
        case .append: head.headers["etag"] ?? target?.entityTag
        case .replace: head.headers["etag"]
        case .stale: nil
        case .complete, .refuse, .malformed, nil: target?.entityTag
        }
    }

    /// Takes a piece of the body that belongs to `head`.
    func receive(_ bytes: UnsafeRawBufferPointer, of head: ResponseHead) throws(Refusal) {
        if let file, try isForFile(head) {
            guard file.size + Int64(bytes.count) <= target?.maximumBytes ?? .max else { throw .tooLarge }
            try writing { () throws(PartialFile.Failure) in try file.append(bytes) }
        } else {
            guard memory.count + bytes.count <= maximumMemory else { throw .tooLarge }
            memory.append(contentsOf: bytes)
        }
    }

    /// Ends the body, also where none came.
    /// - Returns: What is in memory, and what became of the file.
    func finish(_ head: ResponseHead) throws(Refusal) -> (body: Data, file: Order.FileOutcome?) {
        guard let file else { return (memory, nil) }
        guard try isForFile(head) else {
            return (memory, plan == .complete ? .written(bytes: file.size, resumedFrom: file.size) : .refused)
        }
        switch plan {
        case .append(let total?), .replace(let total?):
            guard file.size == total else { throw .incomplete }
        case .append, .replace, .complete, .stale, .refuse, .malformed, nil:
            break
        }
        return (memory, .written(bytes: file.size, resumedFrom: file.initialSize < file.size ? offset : file.size))
    }

    /// Whether the body of `head` belongs into the file. Prepares the file at the first question.
    private func isForFile(_ head: ResponseHead) throws(Refusal) -> Bool {
        let isNew = plan == nil
        let plan = plan ?? ResumePlan(head, offset: offset, entityTag: target?.entityTag)
        self.plan = plan
        switch plan {
        case .append(let total):
            guard total ?? 0 <= target?.maximumBytes ?? .max else { throw .tooLarge }
            return true
        case .replace(let total):
            guard total ?? 0 <= target?.maximumBytes ?? .max else { throw .tooLarge }
            if isNew, let file {
                try writing { () throws(PartialFile.Failure) in try file.truncate() }
            }
            return true
        case .complete, .refuse: return false
        case .stale: throw .stale
        case .malformed: throw .malformed
        }
    }

    private func writing(_ work: () throws(PartialFile.Failure) -> Void) throws(Refusal) {
        do throws(PartialFile.Failure) {
            try work()
        } catch {
            throw .unwritable(errno: error.errno)
        }
    }
}
