import CMongoC
import Foundation

extension BSON {
    /// Calls `body` with this document in libbson's form, which lives as long as the call.
    func withDocument<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: cmongoc_document_size(),
            alignment: cmongoc_document_alignment()
        )
        defer { memory.deallocate() }
        let document = OpaquePointer(memory)
        bson_init(document)
        defer { bson_destroy(document) }
        for field in fields ?? [] { Self.append(field.value, named: field.name, to: document) }
        return try body(document)
    }

    /// - Parameter document: A `bson_t`.
    init(document: OpaquePointer) {
        self = Self.read(Iterator.document(document))
    }

    /// How many bytes the value takes without its name. Source: bsonspec.org/spec.html.
    var byteCount: Int {
        switch self {
        case .document(let fields): fields.reduce(5) { $0 + $1.name.utf8.count + 2 + $1.value.byteCount }
        case .array(let values):
            values.enumerated().reduce(5) { $0 + String($1.offset).utf8.count + 2 + $1.element.byteCount }
        case .string(let text): text.utf8.count + 5
        case .binary(let data): data.count + 5
        case .integer, .double, .date: 8
        case .objectID: 12
        case .bool: 1
        case .null, .other: 0
        }
    }

    private static func append(_ value: BSON, named name: String, to document: OpaquePointer) {
        switch value {
        case .document:
            _ = value.withDocument { bson_append_document(document, name, -1, $0) }
        case .array(let values):
            let items = BSON.document(values.enumerated().map { Field(name: String($0.offset), value: $0.element) })
            _ = items.withDocument { bson_append_array(document, name, -1, $0) }
        case .string(let text):
            var text = text
            _ = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    bson_append_utf8(document, name, -1, $0.baseAddress, Int32(clamping: bytes.count))
                }
            }
        case .integer(let number): bson_append_int64(document, name, -1, number)
        case .double(let number): bson_append_double(document, name, -1, number)
        case .bool(let flag): bson_append_bool(document, name, -1, flag)
        case .binary(let data):
            data.withUnsafeBytes { bytes in
                let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                let count = UInt32(clamping: bytes.count)
                _ = bson_append_binary(document, name, -1, BSON_SUBTYPE_BINARY, start ?? Self.noBytes, count)
            }
        case .date(let milliseconds): bson_append_date_time(document, name, -1, milliseconds)
        case .objectID(let digits):
            var id = bson_oid_t()
            bson_oid_init_from_string(&id, digits)
            bson_append_oid(document, name, -1, &id)
        case .null, .other: bson_append_null(document, name, -1)
        }
    }

    /// libbson wants a valid address also for no bytes.
    private static nonisolated(unsafe) let noBytes: UnsafePointer<UInt8> = {
        let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()

    private static func read(_ iterator: Iterator) -> BSON {
        var fields: [Field] = []
        while iterator.next() { fields.append(Field(name: iterator.name, value: iterator.value)) }
        return .document(fields)
    }

    /// libbson's iterator over the fields of one document. The document has to outlive it.
    private final class Iterator {
        private let memory: UnsafeMutableRawPointer
        private var pointer: OpaquePointer { OpaquePointer(memory) }

        /// At no document yet: of one that is damaged it finds no field.
        private init() {
            let size = cmongoc_iterator_size()
            memory = .allocate(byteCount: size, alignment: cmongoc_iterator_alignment())
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        }

        deinit {
            memory.deallocate()
        }

        static func document(_ document: OpaquePointer) -> Iterator {
            let iterator = Iterator()
            bson_iter_init(iterator.pointer, document)
            return iterator
        }

        func next() -> Bool { bson_iter_next(pointer) }

        var name: String { String(cString: bson_iter_key(pointer)) }

        var value: BSON {
            switch bson_iter_type(pointer) {
            case BSON_TYPE_DOCUMENT: BSON.read(children)
            case BSON_TYPE_ARRAY: .array((BSON.read(children).fields ?? []).map(\.value))
            case BSON_TYPE_UTF8: .string(text)
            case BSON_TYPE_INT32, BSON_TYPE_INT64: .integer(bson_iter_as_int64(pointer))
            case BSON_TYPE_DOUBLE: .double(bson_iter_double(pointer))
            case BSON_TYPE_BOOL: .bool(bson_iter_bool(pointer))
            case BSON_TYPE_BINARY: .binary(data)
            case BSON_TYPE_DATE_TIME: .date(bson_iter_date_time(pointer))
            case BSON_TYPE_OID: .objectID(objectID)
            case BSON_TYPE_NULL: .null
            default: .other
            }
        }

        private var children: Iterator {
            let child = Iterator()
            bson_iter_recurse(pointer, child.pointer)
            return child
        }

        private var text: String {
            var length: UInt32 = 0
            guard let start = bson_iter_utf8(pointer, &length) else { return "" }
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(length))
            return String(decoding: bytes, as: UTF8.self)
        }

        private var data: Data {
            var subtype = BSON_SUBTYPE_BINARY
            var length: UInt32 = 0
            var start: UnsafePointer<UInt8>?
            bson_iter_binary(pointer, &subtype, &length, &start)
            return start.map { Data(bytes: $0, count: Int(length)) } ?? Data()
        }

        private var objectID: String {
            guard let id = bson_iter_oid(pointer) else { return "" }
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 25) { digits in
                guard let start = digits.baseAddress else { return "" }
                bson_oid_to_string(id, start)
                return String(cString: start)
            }
        }
    }
}
