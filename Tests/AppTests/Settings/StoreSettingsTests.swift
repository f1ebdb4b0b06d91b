import Foundation
import Testing

@testable import App

struct StoreSettingsTests {
    static let real = ["TELEGRAM_BOT_TOKEN": "4242:a-secret-that-nobody-shows", "TELEGRAM_CHANNEL_ID": "-1"]

    private func settings(_ values: [String: String]) throws(SettingsFault) -> Settings {
        let given = values.merging(["RESOURCES_DIR": Project.resources.path, "DATA_DIR": "/club"]) { mine, _ in mine }
        return try Settings(SettingsReader(environment: given, file: [:]))
    }

    private func fault(of values: [String: String]) -> SettingsFault? {
        do {
            _ = try settings(values)
            return nil
        } catch {
            return error
        }
    }

    @Test func `without an address of MongoDB the club is kept in SQLite, the sandbox's apart`() throws {
        #expect(try settings(Self.real).store == .sqlite(URL(filePath: "/club/fomo.sqlite")))
        #expect(try settings([:]).store == .sqlite(URL(filePath: "/club/sandbox/fomo.sqlite")))
    }

    @Test func `an address of MongoDB selects it, with a database of its own`() throws {
        let url = "mongodb://fomo:p%40ss@db1.test:27017,db2.test/?replicaSet=rs0"
        var values = Self.real
        values["MONGO_URL"] = url

        #expect(try settings(values).store == .mongo(url: url, database: "fomo"))
        values["DB_NAME"] = "club_2"
        #expect(try settings(values).store == .mongo(url: url, database: "club_2"))
        #expect(try settings(values).unused.isEmpty)
    }

    @Test(arguments: [
        "mongodb://fomo:pass-word@db1.test:27017,[::1]:5/?replicaSet=rs0", "mongodb+srv://fomo:pass-word@db1.test",
    ])
    func `however it is printed, a store shows no user and no password`(url: String) throws {
        var values = Self.real
        values["MONGO_URL"] = url
        let store = try settings(values).store

        var dumped = ""
        dump(store, to: &dumped)
        for text in ["\(store)", String(reflecting: store), dumped] {
            #expect(!text.contains("pass-word") && !text.contains("fomo:"))
            #expect(text.contains("db1.test"))
        }
    }

    @Test(arguments: [
        "localhost:27017", "http://127.0.0.1", "mongodb://", "mongodb://me:s3/cret@host", "mongodb://me:s3@cret@host",
        "mongodb://me:s3?cret@host/",
    ])
    func `an address that is none is named, and what may be a password is not shown`(url: String) throws {
        var values = Self.real
        values["MONGO_URL"] = url
        let fault = try #require(self.fault(of: values))

        #expect(fault.setting == "MONGO_URL")
        for text in [fault.description, "\(Settings.Store.mongo(url: url, database: "x"))"] {
            #expect(!text.contains("cret") && !text.contains("s3"))
        }
    }

    @Test(arguments: ["a/b", "a\\b", "a.b", "a b", "a\"b", "$a", "admin", "Local", String(repeating: "x", count: 64)])
    func `a name that MongoDB refuses is refused at once`(name: String) throws {
        var values = Self.real
        values["MONGO_URL"] = "mongodb://127.0.0.1"
        values["DB_NAME"] = name

        #expect(fault(of: values)?.setting == "DB_NAME")
    }

    @Test func `the sandbox club never uses a real database`() throws {
        let fault = try #require(self.fault(of: ["MONGO_URL": "mongodb://127.0.0.1"]))

        #expect(fault.setting == "MONGO_URL")
        #expect(fault.advice.contains("sandbox"))
    }

    @Test func `both technologies can be asked for by name, where they are known`() throws {
        let plain = try settings(Self.real)
        #expect(try plain.store(.sqlite) == plain.store)
        #expect(throws: SettingsFault.self) { try plain.store(.mongodb) }
        var values = Self.real
        values["MONGO_URL"] = "mongodb://127.0.0.1"
        let both = try settings(values)
        #expect(try both.store(.sqlite) == plain.store)
        #expect(try both.store(.mongodb) == both.store)
    }

    @Test func `what resources lack is named`() throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "Phrases"),
            withIntermediateDirectories: true
        )
        let fault = try #require(self.fault(of: ["RESOURCES_DIR": folder.url.path]))

        #expect(fault.setting == "RESOURCES_DIR")
        #expect(fault.advice.contains("lacks Templates and Public"))
    }
}
