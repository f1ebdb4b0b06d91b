/// A file that came with a request and already lies on disk.
struct Upload: Sendable, Hashable {
    /// Names the bytes in the `FileShelf`.
    let key: Int64
    /// Bytes.
    let size: Int
    /// As the sender gave it, unchecked: it may hold anything.
    var name: String?
    /// As the sender gave it.
    var mediaType: String?
    /// What the bytes themselves tell.
    var facts = MediaFacts()
}

/// What can be read from a media file's own headers.
struct MediaFacts: Sendable, Hashable {
    /// Whole seconds, rounded to the nearest; nothing where the headers do not tell.
    var seconds: Int?
    /// Pixels of a picture.
    var width: Int?
    /// Pixels of a picture.
    var height: Int?
}
