import Testing

@testable import App

struct EnvironmentFileTests {
    @Test(arguments: [
        ("NAME=value", "value"),
        ("  export NAME = value  ", "value"),
        ("NAME='it is # literal $x'", "it is # literal $x"),
        (#"NAME="two\nlines \"quoted\" # kept" # note"#, "two\nlines \"quoted\" # kept"),
        ("NAME=value # note", "value"),
        ("NAME=a#b", "a#b"),
        ("NAME=", ""),
        ("NAME=# note", ""),
        ("# NAME=no\nNAME=yes\r\n\n", "yes"),
        ("NAME=first\nNAME=second", "second"),
        ("NAME=4242:AA-b_c=", "4242:AA-b_c="),
        ("\u{FEFF}NAME=after a byte order mark", "after a byte order mark"),
    ])
    func `a settings file is read as a shell reads it`(text: String, value: String) throws {
        #expect(try EnvironmentFile.parse(text, name: ".env")["NAME"] == value)
    }

    @Test(arguments: ["NAME", "1NAME=x", "NAME='open", "NAME=\"open", "=x"])
    func `a line that cannot be understood is named by its number, its value is not shown`(line: String) {
        do {
            _ = try EnvironmentFile.parse("GOOD=1\n\(line)", name: ".env")
            Issue.record("it was understood")
        } catch {
            #expect(error.line == 2)
            #expect(error.description.hasPrefix(".env, line 2: "))
            #expect(!error.description.contains("open"))
        }
    }
}
