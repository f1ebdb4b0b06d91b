import Domain
import Foundation
import Testing

struct PhrasebookTests {
    private func book(ru: String, en: String, requiring keys: [String] = []) throws -> Phrasebook {
        let folder = FileManager.default.temporaryDirectory.appending(path: "phrases-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(ru.utf8).write(to: folder.appending(path: "ru.json"))
        try Data(en.utf8).write(to: folder.appending(path: "en.json"))
        return try Phrasebook(folder: folder, requiring: keys)
    }

    @Test(arguments: [
        (0, "0 выпусков"), (1, "1 выпуск"), (2, "2 выпуска"), (5, "5 выпусков"), (11, "11 выпусков"),
        (12, "12 выпусков"), (21, "21 выпуск"), (22, "22 выпуска"), (111, "111 выпусков"), (1_001, "1001 выпуск"),
    ])
    func `Russian counts as Russians do`(count: Int, expected: String) throws {
        let book = try book(
            ru: #"{"n":{"one":"{count} выпуск","few":"{count} выпуска","many":"{count} выпусков"}}"#,
            en: #"{"n":{"one":"{count} episode","other":"{count} episodes"}}"#
        )

        #expect(book.text(key: "n", .ru, count: count) == expected)
    }

    @Test func `an argument that looks like a placeholder stays as it is`() throws {
        let book = try book(ru: #"{"k":"{a} и {b}"}"#, en: #"{"k":"{a} and {b}"}"#)

        #expect(book.text(key: "k", .en, ["a": "{b}", "b": "x"]) == "{b} and x")
    }

    @Test func `a phrase that only one language has is found at the start`() throws {
        #expect(throws: Phrasebook.Fault.missing(.en, key: "k")) {
            try book(ru: #"{"k":"да"}"#, en: "{}")
        }
    }

    @Test func `a phrase that the program needs and nobody wrote is found at the start`() throws {
        #expect(throws: Phrasebook.Fault.missing(.ru, key: "needed")) {
            try book(ru: "{}", en: "{}", requiring: ["needed"])
        }
    }

    @Test func `languages that disagree on placeholders are found at the start`() throws {
        #expect(throws: Phrasebook.Fault.placeholdersDiffer(key: "k")) {
            try book(ru: #"{"k":"{name}"}"#, en: #"{"k":"{nane}"}"#)
        }
    }

    @Test func `a missing plural form is found at the start`() throws {
        #expect(throws: Phrasebook.Fault.pluralFormMissing(.ru, key: "n", form: "few")) {
            try book(
                ru: #"{"n":{"one":"{count}","many":"{count}"}}"#,
                en: #"{"n":{"one":"{count}","other":"{count}"}}"#
            )
        }
    }
}
