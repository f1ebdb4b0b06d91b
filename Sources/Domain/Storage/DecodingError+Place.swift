extension DecodingError {
    /// Where in a document it could not be read, without what stands there: fit for an error that ends up in a log.
    public var place: String {
        switch self {
        case .typeMismatch(_, let context): "wrong type at \(Self.path(context))"
        case .valueNotFound(_, let context): "no value at \(Self.path(context))"
        case .keyNotFound(let key, let context): "no \(key.stringValue) at \(Self.path(context))"
        case .dataCorrupted(let context): "not readable at \(Self.path(context))"
        @unknown default: "not readable"
        }
    }

    private static func path(_ context: Context) -> String {
        let names = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return names.isEmpty ? "its top" : names.joined(separator: ".")
    }
}
