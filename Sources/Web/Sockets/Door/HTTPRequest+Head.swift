import HTTPTypes
import NIOHTTP1
import NIOHTTPTypesHTTP1

extension HTTPRequest {
    /// - Returns: nil where the method is none.
    init?(readAs head: HTTPRequestHead) {
        guard let method = try? Method(head.method) else { return nil }
        var fields = HTTPFields()
        for (name, value) in head.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let host = head.headers["Host"]
        self.init(
            method: method,
            scheme: "http",
            authority: host.count == 1 ? host.first : nil,
            path: head.uri,
            headerFields: fields
        )
    }

    /// The path without the query.
    var socketPath: String {
        String((path ?? "").prefix { $0 != "?" })
    }
}
