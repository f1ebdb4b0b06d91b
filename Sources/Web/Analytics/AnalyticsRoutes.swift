import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/analytics/…`: the club in figures, for hosts and admins, as JSON or, where the address ends in `.csv` or
/// `Accept` says so, one table of it as CSV.
struct AnalyticsRoutes: Sendable {
    private static let csv = ".csv"

    let services: WebServices

    func add(to routes: inout RouteTable) {
        for subject in FigureSubject.sections {
            let path = "/api/analytics/\(subject.name)"
            routes.members(.get, path) { try await answer($0, $2, subject, isCSV: false) }
            routes.members(.get, path + Self.csv) { try await answer($0, $2, subject, isCSV: true) }
        }
        routes.members(.get, "/api/analytics/shows/{id}") { request, context, asker in
            let (id, isCSV) = try Self.id(context)
            return try await answer(request, asker, .show(LiveSessionID(rawValue: id)), isCSV: isCSV)
        }
        routes.members(.get, "/api/analytics/episodes/{id}") { request, context, asker in
            let (id, isCSV) = try Self.id(context)
            return try await answer(request, asker, .episode(PodcastID(rawValue: id)), isCSV: isCSV)
        }
    }

    private func answer(
        _ request: Request,
        _ asker: SignedIn,
        _ subject: FigureSubject,
        isCSV: Bool
    ) async throws -> Response {
        let wanted = try AnalyticsRequest(request)
        let report = try await services.analytics.report(
            on: subject,
            over: wanted.range,
            after: wanted.cursor,
            for: asker.member
        )
        guard isCSV || request.headers[.accept]?.lowercased().hasPrefix("text/csv") == true else {
            return try .json(FigureAnswer(report))
        }
        let named = report.tables.first { table in wanted.table.map { $0 == table.name } ?? true }
        guard let table = named else { throw RequestFault.invalidField("table") }
        return .csv(FigureCSV.text(table), name: "\(subject.name)-\(table.name.rawValue).csv")
    }

    /// An id, which has no point in it, and whether a table is asked for.
    private static func id(_ context: WebContext) throws -> (id: String, isCSV: Bool) {
        let written = try context.parameters.require("id")
        guard written.hasSuffix(csv) else { return (written, false) }
        return (String(written.dropLast(csv.count)), true)
    }
}

extension Response {
    /// Comma-separated values for one member, to be kept as a file of this name.
    fileprivate static func csv(_ text: String, name: String) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/csv; charset=utf-8; header=present",
            .contentDisposition: "attachment; filename=\"\(name)\"",
            .cacheControl: "no-store",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
