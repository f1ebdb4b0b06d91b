import Domain

/// Which part of a list somebody asks for, as addresses write it: `?limit=&cursor=`.
struct PageRequest: Sendable {
    static let limits = 1...100

    var limit: Int
    /// Nil at the beginning of the list.
    var cursor: PageCursor?

    /// - Throws: `.invalidField` with the field's name.
    init(_ fields: FormFields, limit defaultLimit: Int) throws(RequestFault) {
        limit = defaultLimit
        if let written = fields["limit"], !written.isEmpty {
            guard let limit = Int(written), Self.limits.contains(limit) else { throw .invalidField("limit") }
            self.limit = limit
        }
        guard let written = fields["cursor"], !written.isEmpty else { return }
        guard written.wholeMatch(of: /-?[0-9]{1,14}\.[0-9A-Za-z_-]{1,64}/) != nil,
            let cursor = PageCursor(text: written)
        else { throw .invalidField("cursor") }
        self.cursor = cursor
    }
}
