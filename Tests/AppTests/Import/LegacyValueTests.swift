import Domain
import Foundation
import Testing

@testable import App

struct LegacyValueTests {
    private func value(_ json: String) throws -> LegacyValue {
        try #require(LegacyDocument(extendedJSON: Data(#"{"v":\#(json)}"#.utf8)))["v"]
    }

    @Test(
        arguments: [
            (#""abc""#, "abc"), (#"{"$oid":"65a1b2c3d4e5f60718293a4b"}"#, "65a1b2c3d4e5f60718293a4b"),
            (#"{"$numberInt":"7"}"#, "7"), (#"{"$numberLong":"-5000000000"}"#, "-5000000000"),
            (#"{"$numberDouble":"7.0"}"#, "7"), ("12", "12"), (#"{"$symbol":"s"}"#, "s"), (#"" ""#, nil),
            (#"{"$numberDouble":"7.5"}"#, nil), (#"{"$numberDouble":"NaN"}"#, nil), ("null", nil), ("true", nil),
            ("[]", nil), ("{}", nil), (#"{"$binary":{"base64":"AA==","subType":"00"}}"#, nil),
        ] as [(String, String?)]
    )
    func `text is read from what may stand for it`(json: String, text: String?) throws {
        #expect(try value(json).text == text)
    }

    @Test(
        arguments: [
            (#"{"$numberInt":"7"}"#, 7), (#"{"$numberLong":"9007199254740993"}"#, 9_007_199_254_740_993),
            (#"{"$numberDouble":"7.0"}"#, 7), (#"{"$numberDecimal":"12"}"#, 12), (#"" 42 ""#, 42), (#""42.0""#, 42),
            (#""-100123""#, -100_123), (#"{"$numberDouble":"7.5"}"#, nil), (#"{"$numberDouble":"1e300"}"#, nil),
            (#"{"$numberDouble":"Infinity"}"#, nil), (#""seven""#, nil), (#""""#, nil), ("null", nil), ("[1]", nil),
        ] as [(String, Int64?)]
    )
    func `whole numbers are read exactly or not at all`(json: String, number: Int64?) throws {
        #expect(try value(json).wholeNumber == number)
    }

    @Test(
        arguments: [
            ("true", true), ("false", false), (#"{"$numberInt":"1"}"#, true), ("0", false), (#""False""#, false),
            (#""yes, please""#, nil), ("null", nil), ("2", nil),
        ] as [(String, Bool?)]
    )
    func `yes and no are read from what may stand for them`(json: String, flag: Bool?) throws {
        #expect(try value(json).flag == flag)
    }

    @Test(
        arguments: [
            (#"{"$date":{"$numberLong":"1700000000123"}}"#, 1_700_000_000_123),
            (#"{"$date":"2023-11-14T22:13:20Z"}"#, 1_700_000_000_000),
            (#""2023-11-14T22:13:20""#, 1_700_000_000_000), (#""2023-11-14 22:13:20""#, 1_700_000_000_000),
            (#""2023-11-14T22:13:20Z""#, 1_700_000_000_000), (#""2023-11-15T01:13:20+03:00""#, 1_700_000_000_000),
            (#""2023-11-14T17:43:20-0430""#, 1_700_000_000_000), (#""2023-11-15T00:13:20+02""#, 1_700_000_000_000),
            (#""2023-11-14T22:13:20.123456""#, 1_700_000_000_123), (#""2023-11-14T22:13""#, 1_699_999_980_000),
            (#""2023-11-14""#, 1_699_920_000_000), (#""2023-02-29T00:00:00""#, nil), (#""2023-13-01""#, nil),
            (#""2023-11-14T25:00:00""#, nil), (#""2023-11-14T22:13:20+99:00""#, nil), (#""0001-01-01T00:00:00""#, nil),
            (#"{"$date":{"$numberLong":"-62135596800000"}}"#, nil), (#""yesterday""#, nil), (#""""#, nil),
            ("1700000000", nil), ("null", nil),
        ] as [(String, Int64?)]
    )
    func `moments are read with and without a zone, then as UTC`(json: String, milliseconds: Int64?) throws {
        #expect(try value(json).date.map(Timestamp.milliseconds) == milliseconds)
    }

    @Test(arguments: ["", "[]", "7", "{", #"{"v":}"#, "\u{0}"])
    func `what is no document is none`(text: String) {
        #expect(LegacyDocument(extendedJSON: Data(text.utf8)) == nil)
    }

    @Test(arguments: [
        ("null", false), (#""""#, false), ("0", false), ("false", false), ("[]", false), ("{}", false),
        (#"{"a":{"$numberInt":"0"}}"#, false), (#"{"a":{"$numberInt":"1"}}"#, true), (#""x""#, true), ("[0]", true),
    ])
    func `zeros and empty things are nothing`(json: String, isSomething: Bool) throws {
        #expect(try value(json).isSomething == isSomething)
    }
}
