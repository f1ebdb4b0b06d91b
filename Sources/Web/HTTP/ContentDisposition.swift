import Domain

/// The name under which a browser keeps a file. Source: RFC 6266, RFC 8187.
enum ContentDisposition {
    /// The header's value: a plain name for old clients, and the real one. The name may come from anywhere.
    static func inline(_ fileName: String) -> String {
        let name = PlainText.fileName(fileName) ?? "audio"
        let plain = String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { scalar in
                    let isSafe = scalar.isASCII && scalar.value >= 0x20 && !"\"\\%;".unicodeScalars.contains(scalar)
                    return isSafe ? scalar : "_"
                }
            )
        )
        return "inline; filename=\"\(plain)\"; filename*=UTF-8''\(FormFields.encoded(name))"
    }
}
