/// What the head of a download's answer means for the bytes that are there already.
enum ResumePlan: Hashable {
    /// The body goes on where the file ends; `total` is the size of the whole, where it is known.
    case append(total: Int64?)
    /// The body is the whole file; what is there is dropped.
    case replace(total: Int64?)
    /// The file is complete; nothing follows.
    case complete
    /// What is there belongs to another version of the file: ask again, for all of it.
    case stale
    /// The body is an error message, not the file.
    case refuse
    /// The answer contradicts itself or the question.
    case malformed

    /// Reads an answer's head.
    /// - Parameters:
    ///   - head: The answer's status and fields.
    ///   - offset: How many bytes are there already; 0 where no range was asked for.
    ///   - entityTag: The version that these bytes belong to, where it is known.
    init(_ head: ResponseHead, offset: Int64, entityTag: String?) {
        let length = head.headers["content-length"].flatMap { Int64($0) }
        let range = head.headers["content-range"].flatMap { ContentRange($0) }
        switch head.status {
        case 200:
            self = .replace(total: length)
        case 206:
            guard offset > 0, let range, range.first == offset else {
                self = .malformed
                return
            }
            let tag = head.headers["etag"]
            let isAnotherVersion = entityTag != nil && tag != nil && tag != entityTag
            self = isAnotherVersion ? .stale : .append(total: range.total ?? length.map { offset + $0 })
        case 416 where offset > 0:
            self = range?.total == offset ? .complete : .stale
        default:
            self = .refuse
        }
    }

    /// Whether `entityTag` may vouch for bytes that are there. A weak one may not: it stands for a meaning, not for
    /// bytes. Source: RFC 9110, section 13.1.5.
    static func isStrong(_ entityTag: String) -> Bool {
        entityTag.hasPrefix("\"") && HTTPHeaders.Field.isSendable(value: entityTag)
    }
}
