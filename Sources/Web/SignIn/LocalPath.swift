import Foundation
import Hummingbird

/// An address within this site, where somebody goes on after signing in. Never another site.
struct LocalPath: Equatable, Sendable {
    static let library = LocalPath(trusted: "/library")

    /// Begins with one slash.
    let text: String

    private init(trusted text: String) {
        self.text = text
    }

    /// - Returns: nil where `text` could lead elsewhere: another site, another scheme, or what browsers make one of
    ///   (`//host`, `/\host`, line breaks and tabs, which they drop). Nil also for the sign-in page itself.
    init?(_ text: String) {
        guard text.first == "/", text.utf8.count <= 1024 else { return nil }
        let second = text.dropFirst().first
        guard second != "/", second != "\\" else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" }
        guard isPlain else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        guard path != "/login", !path.hasPrefix("/login/") else { return nil }
        self.text = text
    }

    /// The address of a request, so that one can come back to it; the library where it cannot be one.
    init(of request: Request) {
        self = LocalPath(request.uri.string) ?? .library
    }

    /// The sign-in page that leads here.
    var signInPage: String {
        "/login?next=\(FormFields.encoded(text))"
    }
}
