import Foundation

extension Proxy {
    /// Longest user and longest password that SOCKS5 can carry, in bytes. Source: RFC 1929, section 2.
    private static let longestCredential = 255

    /// Reads a setting such as `socks5h://user:p%40ss@proxy.example:1080`.
    ///
    /// The port is required. User and password are optional; their special characters are written as `%XX`.
    /// - Throws: `.invalidProxy` with what is wrong, without any part of the setting.
    public init(parsing setting: String) throws(HTTPError) {
        guard let scheme = Self.scheme(of: setting) else { throw .invalidProxy(.scheme) }
        // Without repairing the setting: a password that is not encoded is told, not guessed.
        guard let parts = URLComponents(string: setting, encodingInvalidCharacters: false),
            let host = parts.host, !host.isEmpty
        else {
            throw .invalidProxy(.address)
        }
        guard let port = parts.port, (1...65535).contains(port) else { throw .invalidProxy(.port) }
        guard ["", "/"].contains(parts.path), parts.query == nil, parts.fragment == nil else {
            throw .invalidProxy(.path)
        }
        self.scheme = scheme
        self.host = host.trimmingCharacters(in: ["[", "]"])
        self.port = port
        credentials = try Self.credentials(user: parts.percentEncodedUser, password: parts.percentEncodedPassword)
    }

    private static func scheme(of setting: String) -> Scheme? {
        guard let end = setting.range(of: "://") else { return nil }
        return Scheme(rawValue: setting[..<end.lowerBound].lowercased())
    }

    private static func credentials(user: String?, password: String?) throws(HTTPError) -> Credentials? {
        guard user != nil || password != nil else { return nil }
        guard let user = (user ?? "").removingPercentEncoding, let password = (password ?? "").removingPercentEncoding
        else { throw .invalidProxy(.credentials) }
        let hasControls = (user + password).unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard !user.isEmpty, !hasControls, max(user.utf8.count, password.utf8.count) <= longestCredential else {
            throw .invalidProxy(.credentials)
        }
        return Credentials(user: user, password: password)
    }
}
