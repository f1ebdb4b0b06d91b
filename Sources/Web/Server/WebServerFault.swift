/// Why the web server cannot start. Each is shown to the operator as one line.
public enum WebServerFault: Error, Equatable, CustomStringConvertible {
    /// `JWT_SECRET_KEY` has fewer bytes than the signatures need.
    case sessionKeyTooShort(bytes: Int, needed: Int)
    /// A folder or file of the resources cannot be read.
    case resourceUnreadable(path: String)
    /// A template is missing or cannot be parsed.
    case templateBroken(name: String, detail: String)
    /// A template uses a phrase that the web does not know.
    case phraseUnknown(template: String, key: String)

    public var description: String {
        switch self {
        case .sessionKeyTooShort(let bytes, let needed):
            "JWT_SECRET_KEY has \(bytes) bytes; at least \(needed) are needed."
        case .resourceUnreadable(let path):
            "The web's resources cannot be read at \(path); is RESOURCES_DIR right?"
        case .templateBroken(let name, let detail):
            "The page template '\(name)' cannot be used: \(detail)."
        case .phraseUnknown(let template, let key):
            "The page template '\(template)' uses the unknown phrase '\(key)'."
        }
    }
}
