import Foundation
import HTTPTypes
import Hummingbird

extension Request {
    /// Most bytes of a body that are read. Sign-in data of Telegram have some 1,000.
    static let longestBody = 64 * 1024

    /// The query's fields.
    /// - Throws: `.malformedQuery`.
    func fields() throws -> FormFields {
        guard let fields = FormFields(uri.query ?? "") else { throw RequestFault.malformedQuery }
        return fields
    }

    /// The fields of a form that was sent.
    /// - Throws: `.unsupportedMediaType`, `.bodyTooLarge`, `.malformedBody`.
    func form() async throws -> FormFields {
        let bytes = try await bytes(of: "application/x-www-form-urlencoded")
        guard let text = String(validating: bytes, as: UTF8.self), let fields = FormFields(text) else {
            throw RequestFault.malformedBody
        }
        return fields
    }

    /// The JSON object that was sent.
    /// - Throws: `.unsupportedMediaType`, `.bodyTooLarge`, `.malformedBody`; `.invalidField` for what is missing or of
    ///   another type.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        let bytes = try await bytes(of: "application/json")
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch DecodingError.keyNotFound(let key, _) {
            throw RequestFault.invalidField(key.stringValue)
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            // Of what is wrong within a list, the list is named.
            guard let key = context.codingPath.last(where: { $0.intValue == nil }) else {
                throw RequestFault.malformedBody
            }
            throw RequestFault.invalidField(key.stringValue)
        } catch {
            throw RequestFault.malformedBody
        }
    }

    /// The body's bytes, which have to be of `mediaType`.
    private func bytes(of mediaType: String) async throws -> [UInt8] {
        let sent = headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
        guard sent?.lowercased() == mediaType else { throw RequestFault.unsupportedMediaType }
        return try await body(atMost: Self.longestBody)
    }

    /// The body's bytes as they came, whatever they are.
    /// - Throws: `.bodyTooLarge`, `.malformedBody`.
    func body(atMost limit: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw RequestFault.bodyTooLarge
        }
        var bytes: [UInt8] = []
        do {
            for try await buffer in body {
                bytes.append(contentsOf: buffer.readableBytesView)
                guard bytes.count <= limit else { throw RequestFault.bodyTooLarge }
            }
        } catch let fault as RequestFault {
            throw fault
        } catch {
            throw RequestFault.malformedBody
        }
        return bytes
    }
}
