import HTTPTypes

/// What a browser is called when its owner is to recognise it: `Firefox, Linux`.
enum DeviceName {
    /// The first that a browser's description of itself contains is meant: many name others too, to be let in.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR", "Opera"), ("YaBrowser", "Yandex"), ("SamsungBrowser", "Samsung"),
        ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
        ("curl", "curl"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    /// - Returns: Empty where nothing is recognised.
    static func make(userAgent: String?) -> String {
        let text = (userAgent ?? "").prefix(512)
        let parts = [browsers, systems].compactMap { names in
            names.first { text.contains($0.0) }?.1
        }
        return parts.joined(separator: ", ")
    }
}
