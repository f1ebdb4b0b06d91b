import CMongoC
import Domain
import Foundation

extension BSON {
    /// A value of Domain as a document, by way of the JSON that every store keeps.
    init(encoding value: some Encodable) throws {
        self = try Self(json: try DocumentJSON.encode(value))
    }

    /// The value of Domain that this document holds.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try DocumentJSON.decode(type, from: try json(bson_as_relaxed_extended_json))
    }

    /// The document as MongoDB's canonical extended JSON, in which every value shows its type.
    func canonicalJSON() throws -> Data {
        try json(bson_as_canonical_extended_json)
    }

    private init(json: Data) throws {
        var error = bson_error_t()
        let document = json.withUnsafeBytes { bytes in
            bson_new_from_json(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &error)
        }
        guard let document else { throw NotABSONDocument() }
        defer { bson_destroy(document) }
        self.init(document: document)
    }

    private func json(
        _ write: (OpaquePointer?, UnsafeMutablePointer<Int>?) -> UnsafeMutablePointer<CChar>?
    ) throws -> Data {
        try withDocument { document in
            var length = 0
            guard let text = write(document, &length) else { throw NotABSONDocument() }
            defer { bson_free(text) }
            return Data(bytes: text, count: length)
        }
    }
}

/// A value that libbson cannot turn into a document, or back.
struct NotABSONDocument: Error {}
