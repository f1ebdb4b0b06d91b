import Domain
import HTTPTypes
import Hummingbird

/// Which report somebody asks for: `?days=&cursor=`, and `?table=` where it is to be one table.
struct AnalyticsRequest {
    /// Where nobody says how far back.
    static let defaultRange = FigureRange.quarter

    let range: FigureRange
    let cursor: PageCursor?
    /// Nil for the first one.
    let table: FigureTable.Name?

    /// - Throws: `.malformedQuery`, `.invalidField`.
    init(_ request: Request) throws {
        let fields = try request.fields()
        range = try Self.value(of: "days", in: fields) { Int($0).flatMap(FigureRange.init) } ?? Self.defaultRange
        table = try Self.value(of: "table", in: fields, FigureTable.Name.init)
        cursor = try PageRequest(fields, limit: 1).cursor
    }

    private static func value<Value>(
        of name: String,
        in fields: FormFields,
        _ read: (String) -> Value?
    ) throws(RequestFault) -> Value? {
        guard let written = fields[name], !written.isEmpty else { return nil }
        guard let value = read(written) else { throw .invalidField(name) }
        return value
    }
}
