/// An index that a collection has. `MongoClubStore` makes all of them when it opens.
struct MongoIndex: Sendable {
    let collection: String
    /// Names of fields with 1 for ascending, in their order. All are ascending: a server reads an index both ways.
    let fields: [String]
    var isUnique = false
    /// Documents without this field are not in the index.
    var onlyWhere: String?

    init(_ collection: String, _ fields: [String], isUnique: Bool = false, onlyWhere: String? = nil) {
        self.collection = collection
        self.fields = fields
        self.isUnique = isUnique
        self.onlyWhere = onlyWhere
    }

    var name: String { fields.joined(separator: "_") }

    /// As `createIndexes` takes it.
    var specification: BSON {
        .present([
            "name": .string(name),
            "key": .document(fields.map { BSON.Field(name: $0, value: 1) }),
            "unique": isUnique ? true : nil,
            "partialFilterExpression": onlyWhere.map { .document([BSON.Field(name: $0, value: ["$exists": true])]) },
        ])
    }
}
