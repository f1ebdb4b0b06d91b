import Testing

@testable import Web

struct UTF8CheckTests {
    private static let samples: [[UInt8]] = [
        Array("plain".utf8), Array("Привет, мир".utf8), Array("€ 日本 🎙".utf8), [],
        // Overlong, surrogates, beyond the last character, strays and cut ones.
        [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
        [0xEE, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0x80], [0xBF], [0xC2], [0xE2, 0x82],
        [0xF0, 0x9F, 0x8E], [0xE2, 0x28, 0xA1], [0xC2, 0x41],
    ]

    @Test(arguments: samples) func `it agrees with the standard library, wherever the bytes are cut`(bytes: [UInt8]) {
        let isValid = String(validating: bytes, as: UTF8.self) != nil
        for cut in 0...bytes.count {
            var check = UTF8Check()
            let accepts = check.accepts(bytes[..<cut]) && check.accepts(bytes[cut...]) && check.isComplete
            #expect(accepts == isValid, "cut at \(cut)")
        }
    }
}
