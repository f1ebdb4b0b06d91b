import Foundation

extension Settings {
    /// Where the club is kept. Prints no user and no password.
    enum Store: Equatable, Sendable {
        case sqlite(URL)
        /// The server's address as libmongoc takes it, which may hold a password; and the name of the database.
        case mongo(url: String, database: String)

        /// What a store is built on.
        enum Technology: String, CaseIterable, Sendable {
            case sqlite
            case mongodb

            /// As people write it.
            var title: String {
                switch self {
                case .sqlite: "SQLite"
                case .mongodb: "MongoDB"
                }
            }
        }

        var technology: Technology {
            switch self {
            case .sqlite: .sqlite
            case .mongo: .mongodb
            }
        }
    }

    /// The store of one technology, for what moves a club from one to the other.
    /// - Throws: where it is MongoDB and `MONGO_URL` is not set.
    func store(_ technology: Store.Technology) throws(SettingsFault) -> Store {
        switch (technology, store) {
        case (.sqlite, _):
            return .sqlite(Self.sqliteFile(in: clubFolder))
        case (.mongodb, .mongo):
            return store
        case (.mongodb, .sqlite):
            throw SettingsFault(setting: "MONGO_URL", advice: "it is missing: the address of the MongoDB server.")
        }
    }

    /// `isSandbox`: the sandbox club is kept in its own folder, and never in a real database.
    static func store(_ reader: SettingsReader, isSandbox: Bool) throws(SettingsFault) -> Store {
        let name = try databaseName(reader)
        let folder = dataFolder(reader)
        guard let url = reader.text("MONGO_URL") else {
            return .sqlite(sqliteFile(in: isSandbox ? sandboxFolder(in: folder) : folder))
        }
        guard Store.hosts(of: url) != nil else {
            throw SettingsFault(
                setting: "MONGO_URL",
                advice: "it is no MongoDB address; it has to be mongodb://user:password@host:27017, with special"
                    + " characters of user and password written as %XX."
            )
        }
        guard !isSandbox else {
            throw SettingsFault(
                setting: "MONGO_URL",
                advice: "it is set, and TELEGRAM_BOT_TOKEN is not: the sandbox club never uses a real database. Set"
                    + " the bot's token, or unset this."
            )
        }
        return .mongo(url: url, database: name)
    }

    /// Source: MongoDB manual, "Naming Restrictions", for servers on Linux: less than 64 bytes, none of `/\. "$`.
    private static func databaseName(_ reader: SettingsReader) throws(SettingsFault) -> String {
        let name = reader.text("DB_NAME") ?? "fomo"
        let isForbidden = name.unicodeScalars.contains { "/\\. \"$\0".unicodeScalars.contains($0) }
        guard !isForbidden, name.utf8.count < 64 else {
            throw SettingsFault(
                setting: "DB_NAME",
                advice: "MongoDB takes no such name: at most 63 bytes, none of / \\ . \" $ and no space."
            )
        }
        guard !["admin", "local", "config"].contains(name.lowercased()) else {
            throw SettingsFault(setting: "DB_NAME", advice: "'\(name)' is MongoDB's own database; choose another name.")
        }
        return name
    }

    static func sqliteFile(in folder: URL) -> URL {
        folder.appending(path: "fomo.sqlite")
    }
}

extension Settings.Store: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The technology and the place.
    var description: String {
        switch self {
        case .sqlite(let file): "\(technology.title), \(file.path)"
        case .mongo(let url, let database): "\(technology.title), \(Self.hosts(of: url) ?? "…")/\(database)"
        }
    }

    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: ["store": description]) }

    /// The servers that an address names, without user, password and options; nil where it is no address of MongoDB.
    fileprivate static func hosts(of url: String) -> String? {
        let address = /mongodb(?:\+srv)?:\/\/(?:[^@\/?#]*@)?([A-Za-z0-9.,:_%\[\]\-]+)(?:\/[^?@\/]*)?(?:\?[^@]*)?/
        return url.wholeMatch(of: address).map { String($0.1) }
    }
}
