/// What is being done with a store, for the errors that come of it.
struct Operation: Sendable {
    /// The collection (table) that it is about.
    let collection: String
    let name: String

    init(_ collection: String, _ name: String) {
        self.collection = collection
        self.name = name
    }

    /// As an error names it, such as `users.change`.
    var source: String { "\(collection).\(name)" }
}
