/// Writes the answer of a download to its file, going on from what is there. Used on the loop's thread only.
final class DownloadSink {
    /// Where a body belongs.
    enum Place {
        case file
        /// A message about the file.
        case memory
        /// Nobody needs it.
        case nowhere
    }

    /// The first byte to ask for: how many bytes are there already and can be continued.
    let offset: Int64
    private let target: Order.DownloadTarget
    private let file: PartialFile
    private var plan: ResumePlan?

    private var maximumBytes: Int64 { target.maximumBytes ?? .max }

    /// Opens the file.
    /// - Throws: `.unwritable`, or `.tooLarge` where the file is larger than allowed before the first request.
    init(_ target: Order.DownloadTarget) throws(TransferFault) {
        self.target = target
        file = try PartialFile(at: target.file)
        let canContinue = !target.startsAnew && target.entityTag.map(ResumePlan.isStrong) ?? true
        offset = canContinue ? file.initialSize : 0
        guard offset <= maximumBytes else { throw .tooLarge }
    }

    /// The version that the bytes in the file belong to, where it is known.
    func entityTag(_ head: ResponseHead) -> String? {
        switch plan {
        case .append: head.headers["etag"] ?? target.entityTag
        case .replace: head.headers["etag"]
        case .complete, .stale, .refuse, .malformed, nil: target.entityTag
        }
    }

    /// Whether the bytes in the file belong to another version than the server's.
    var isStale: Bool { plan == .stale }

    /// Where the body of `head` belongs. Reads the head at the first question and prepares the file for what follows.
    func placeForBody(of head: ResponseHead) throws(TransferFault) -> Place {
        let plan = if let plan { plan } else { try prepare(for: head) }
        switch plan {
        case .append, .replace: return .file
        case .complete, .refuse: return .memory
        case .stale: return .nowhere
        case .malformed: throw .malformed
        }
    }

    /// The plan is kept only once the file is as it says: until then the bytes in it are those from before.
    private func prepare(for head: ResponseHead) throws(TransferFault) -> ResumePlan {
        let plan = ResumePlan(head, offset: offset, entityTag: target.entityTag)
        switch plan {
        case .append(let total):
            guard total ?? 0 <= maximumBytes else { throw .tooLarge }
        case .replace(let total):
            guard total ?? 0 <= maximumBytes else { throw .tooLarge }
            try file.truncate()
        case .complete, .stale, .refuse, .malformed:
            break
        }
        self.plan = plan
        return plan
    }

    /// Writes a piece of the body.
    func append(_ bytes: UnsafeRawBufferPointer) throws(TransferFault) {
        guard file.size + Int64(bytes.count) <= maximumBytes else { throw .tooLarge }
        try file.append(bytes)
    }

    /// The complete file, once the body of `head` has ended; nothing where the server did not give it.
    func finish(_ head: ResponseHead) throws(TransferFault) -> HTTPDownload? {
        _ = try placeForBody(of: head)
        let resumedFrom: Int64
        switch plan {
        case .append(let total):
            guard total ?? file.size == file.size else { throw .incomplete }
            resumedFrom = offset
        case .replace(let total):
            guard total ?? file.size == file.size else { throw .incomplete }
            resumedFrom = 0
        case .complete:
            resumedFrom = file.size
        case .refuse, .stale, .malformed, nil:
            return nil
        }
        return HTTPDownload(status: head.status, headers: head.headers, bytes: file.size, resumedFrom: resumedFrom)
    }
}
