import Crypto
import Domain
import Foundation

extension SecretHasher {
    /// SHA-256, written in hexadecimal digits.
    public static let sha256 = SecretHasher { text in
        SHA256.hash(data: Data(text.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
