import Foundation

/// Looks settings up: in the environment, then in `.env`. An empty value counts as none.
struct SettingsReader {
    private let environment: [String: String]
    private let file: [String: String]

    init(environment: [String: String], file: [String: String]) {
        self.environment = environment
        self.file = file
    }

    /// The environment's settings, then those of `.env` in the current folder.
    static func ofThisPlace() throws -> SettingsReader {
        let path = ".env"
        var file: [String: String] = [:]
        if FileManager.default.fileExists(atPath: path) {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw SettingsFault(setting: path, advice: "it cannot be read; is it text in UTF-8, and yours to read?")
            }
            file = try EnvironmentFile.parse(text, name: path)
        }
        return SettingsReader(environment: ProcessInfo.processInfo.environment, file: file)
    }

    /// The same, as if these settings were not given.
    func without(_ names: Set<String>) -> SettingsReader {
        SettingsReader(
            environment: environment.filter { !names.contains($0.key) },
            file: file.filter { !names.contains($0.key) }
        )
    }

    /// The same, as if a setting were given with this value.
    func with(_ value: String, for name: String) -> SettingsReader {
        SettingsReader(environment: environment.merging([name: value]) { _, new in new }, file: file)
    }

    func text(_ name: String) -> String? {
        if let value = environment[name], !value.isEmpty { return value }
        if let value = file[name], !value.isEmpty { return value }
        return nil
    }

    func port(_ name: String, default fallback: Int) throws(SettingsFault) -> Int {
        guard let text = text(name) else { return fallback }
        guard let port = Int(text), (1...65535).contains(port) else {
            throw SettingsFault(setting: name, advice: "'\(text)' is no port; use a number from 1 to 65535.")
        }
        return port
    }

    func number(_ name: String) throws(SettingsFault) -> Int64? {
        guard let text = text(name) else { return nil }
        guard let number = Int64(text) else {
            throw SettingsFault(setting: name, advice: "'\(text)' is no number.")
        }
        return number
    }

    /// An absolute http or https address without user, password, query and fragment.
    func address(_ name: String) throws(SettingsFault) -> URL? {
        guard let text = text(name) else { return nil }
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.user() == nil, url.query() == nil, url.fragment() == nil
        else {
            throw SettingsFault(setting: name, advice: "it has to be an address such as https://club.example.org.")
        }
        return url
    }

    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        default fallback: Value
    ) throws(SettingsFault) -> Value {
        guard let text = text(name) else { return fallback }
        guard let value = Value(rawValue: text.lowercased()) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsFault(setting: name, advice: "'\(text)' is unknown; use one of: \(known).")
        }
        return value
    }
}
